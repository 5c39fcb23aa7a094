package dev.sluice.admin.acts;

import dev.sluice.admin.view.Notice;
import dev.sluice.admin.web.Content;

/** What comes after an act. */
public sealed interface ActResult permits ActResult.Goes, ActResult.Shows {

  /**
   * On to a page, where a notice says what was done.
   *
   * @param to address of the page; a form that names the page it was on leads back there instead
   */
  record Goes(String to, Notice notice) implements ActResult {}

  /** A page at once, for what is shown only once. */
  record Shows(Content content) implements ActResult {}

  /** On to a page, with words that end in a full stop. */
  static ActResult to(String link, String words) {
    return new Goes(link, Notice.done(words));
  }
}
