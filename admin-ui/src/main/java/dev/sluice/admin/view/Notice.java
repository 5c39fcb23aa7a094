package dev.sluice.admin.view;

/**
 * What became of the form that led to a page.
 *
 * @param tone its style, see {@link Badge}
 * @param words one or two sentences
 */
public record Notice(String tone, String words) {

  /** It was done. */
  public static Notice done(String words) {
    return new Notice(Badge.DONE, words);
  }

  /** It was done in part, or nothing was left to do. */
  public static Notice look(String words) {
    return new Notice(Badge.WAIT, words);
  }
}
