package dev.sluice.admin.acts;

import dev.sluice.admin.view.Notice;
import dev.sluice.admin.web.Content;

public sealed interface ActResult permits ActResult.Goes, ActResult.Shows {

  /** A redirect with a notice. A form's {@code back} field overrides {@code to}. */
  record Goes(String to, Notice notice) implements ActResult {}

  /** A page for a secret that is shown only once. */
  record Shows(Content content) implements ActResult {}

  static ActResult to(String link, String words) {
    return new Goes(link, Notice.done(words));
  }
}
