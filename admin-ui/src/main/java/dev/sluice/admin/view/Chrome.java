package dev.sluice.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a page.
 *
 * @param org in the address; null for the visitor's own
 * @param theme {@code light}, {@code dark}, or null for the system's
 * @param assets their version
 * @param visitor null without a session
 * @param now epoch ms
 * @param stale true for old figures
 * @param live null without updates
 */
public record Chrome(
    String title,
    @Nullable String org,
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

  public boolean auto() {
    return theme == null;
  }

  public boolean light() {
    return "light".equals(theme);
  }

  public boolean dark() {
    return "dark".equals(theme);
  }

  /**
   * @param events address of the stream
   * @param mark of the state shown
   */
  public record Live(String events, String mark) {}

  public record VisitorText(String name, String role, String org) {}

  public record NavItem(String title, String link, @Nullable String count, boolean current) {}
}
