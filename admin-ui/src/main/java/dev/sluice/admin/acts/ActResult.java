package dev.sluice.admin.acts;

import dev.sluice.admin.view.Notice;
import dev.sluice.admin.web.Content;

/** The answer to an act. */
public sealed interface ActResult permits ActResult.Goes, ActResult.Shows {

  /**
   * A redirect with a notice. A form with a {@code back} field leads there instead of {@code to}.
   */
  record Goes(String to, Notice notice) implements ActResult {}

  /** A page shown at once, for a secret that is shown only once. */
  record Shows(Content content) implements ActResult {}

  static ActResult to(String link, String words) {
    return new Goes(link, Notice.done(words));
  }
}
