package dev.sluice.admin.bulk;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Notice;
import dev.sluice.control.BulkResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carried by the form from post to post.
 *
 * @param cursor null before the first step and after the last
 */
record BulkProgress(@Nullable String cursor, long done, long refused) {

  static final String CURSOR = "cursor";
  static final String DONE = "done";
  static final String REFUSED = "refused";

  static final BulkProgress NONE = new BulkProgress(null, 0, 0);

  static BulkProgress of(FormInput typed) {
    String cursor = typed.text(CURSOR);
    return cursor.isEmpty()
        ? NONE
        : new BulkProgress(cursor, number(typed.text(DONE)), number(typed.text(REFUSED)));
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,12}") ? Long.parseLong(text) : 0;
  }

  BulkProgress and(BulkResult step) {
    return new BulkProgress(step.next(), done + step.done(), refused + step.refused());
  }

  boolean goesOn() {
    return cursor != null;
  }

  List<Field> fields() {
    return List.of(
        Field.hidden(CURSOR, cursor == null ? "" : cursor),
        Field.hidden(DONE, String.valueOf(done)),
        Field.hidden(REFUSED, String.valueOf(refused)));
  }

  String words() {
    return "Done so far: " + Formats.count(done) + refusals() + ". There are more: continue.";
  }

  Notice notice(String what) {
    if (done + refused == 0) {
      return Notice.look("Nothing was changed: nothing matches any more.");
    }
    String words = Formats.count(done) + " " + what + refusals() + ".";
    return refused == 0 ? Notice.done(words) : Notice.look(words);
  }

  private String refusals() {
    return refused == 0
        ? ""
        : "; " + Formats.count(refused) + " refused: changed meanwhile, or the queue is full";
  }
}
