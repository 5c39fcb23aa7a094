package dev.sluice.admin.view;

/**
 * A button of a page.
 *
 * @param label what it does, one or two words
 * @param link address of the act's form
 * @param atOnce whether it acts without showing the form: only for what can be undone as easily
 * @param harmful whether something is taken away that can't be given back
 */
public record ActButton(String label, String link, boolean atOnce, boolean harmful) {

  /** One that leads to the act's form. */
  public static ActButton form(String label, String link) {
    return new ActButton(label, link, false, false);
  }

  /** One that leads to the form of an act that harms. */
  public static ActButton harm(String label, String link) {
    return new ActButton(label, link, false, true);
  }

  /** One that acts at once and comes back to its page. */
  public static ActButton now(String label, String link) {
    return new ActButton(label, link, true, false);
  }
}
