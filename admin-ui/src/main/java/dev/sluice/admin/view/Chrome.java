package dev.sluice.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param theme {@code light}, {@code dark}, or null to follow the system
 * @param assets marks this build's assets in their addresses
 * @param visitor who looks; null on pages for nobody
 * @param nav the navigation
 * @param summary the fleet in figures; null where there is none to show
 * @param notice what became of the form that led here; null for none
 * @param here this page's address, to come back to
 * @param home the overview's address
 * @param now the moment of the page, epoch ms; relative times count on from there
 * @param stale whether the figures are too old to be taken for the present
 * @param live how the page learns of changes; null where it stays as it is
 */
public record Chrome(
    String title,
    @Nullable String theme,
    String assets,
    @Nullable VisitorText visitor,
    List<NavItem> nav,
    @Nullable Summary summary,
    @Nullable Notice notice,
    String here,
    String home,
    long now,
    boolean stale,
    @Nullable Live live) {

  public Chrome {
    nav = List.copyOf(nav);
  }

  /** Whether the theme follows the system. */
  public boolean auto() {
    return theme == null;
  }

  /** Whether a visitor chose the light theme. */
  public boolean light() {
    return "light".equals(theme);
  }

  /** Whether a visitor chose the dark theme. */
  public boolean dark() {
    return "dark".equals(theme);
  }

  /**
   * How a page learns of changes.
   *
   * @param events address of the stream that tells of them
   * @param mark what the stream calls the state that the page shows
   */
  public record Live(String events, String mark) {}

  /**
   * The visitor.
   *
   * @param org whose fleet they see; the page says so
   */
  public record VisitorText(String name, String role, String org) {}

  /**
   * An entry of the navigation.
   *
   * @param count how many there are, or null
   * @param current whether this page is of that part
   */
  public record NavItem(String title, String link, @Nullable String count, boolean current) {}
}
