package dev.sluice.admin.view;

/**
 * @param atOnce true to act without a form; only if as easy to undo
 * @param harmful true if irreversible
 */
public record ActButton(String label, String link, boolean atOnce, boolean harmful) {

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
