package dev.sluice.admin.view;

import java.util.List;

/**
 * @param atOnce true to act without a form; only if as easy to undo
 * @param harmful true if irreversible
 */
public record ActButton(String label, String link, boolean atOnce, boolean harmful) {

  /**
   * Buttons of a page.
   *
   * @param more behind a click: irreversible
   */
  public record Menu(List<ActButton> first, Rows<ActButton> more) {

    public static final Menu NONE = menu(List.of());
  }

  public static Menu menu(List<ActButton> all) {
    return new Menu(
        all.stream().filter(button -> !button.harmful()).toList(),
        new Rows<>(all.stream().filter(ActButton::harmful).toList()));
  }

  public static ActButton form(String label, String link) {
    return new ActButton(label, link, false, false);
  }

  public static ActButton harm(String label, String link) {
    return new ActButton(label, link, false, true);
  }

  public static ActButton now(String label, String link) {
    return new ActButton(label, link, true, false);
  }
}
