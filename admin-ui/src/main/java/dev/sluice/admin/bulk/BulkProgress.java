package dev.sluice.admin.bulk;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Notice;
import dev.sluice.control.BulkResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a bulk has come; its form carries it from post to post.
 *
 * @param cursor where to go on; null before the first step, and after the last
 * @param done to how many it was done so far
 * @param refused how many the store refused so far
 */
record BulkProgress(@Nullable String cursor, long done, long refused) {

  static final String CURSOR = "cursor";
  static final String DONE = "done";
  static final String REFUSED = "refused";

  /** Before the first step. */
  static final BulkProgress NONE = new BulkProgress(null, 0, 0);

  /** As the form's fields say. */
  static BulkProgress of(FormInput typed) {
    String cursor = typed.text(CURSOR);
    return cursor.isEmpty()
        ? NONE
        : new BulkProgress(cursor, number(typed.text(DONE)), number(typed.text(REFUSED)));
  }

  /** A count of our own; what is none of ours counts as nothing, since it is only shown. */
  private static long number(String text) {
    return text.matches("[0-9]{1,12}") ? Long.parseLong(text) : 0;
  }

  /** After one more step. */
  BulkProgress and(BulkResult step) {
    return new BulkProgress(step.next(), done + step.done(), refused + step.refused());
  }

  /** Whether there is more to do. */
  boolean goesOn() {
    return cursor != null;
  }

  /** The fields that carry it. */
  List<Field> fields() {
    return List.of(
        Field.hidden(CURSOR, cursor == null ? "" : cursor),
        Field.hidden(DONE, String.valueOf(done)),
        Field.hidden(REFUSED, String.valueOf(refused)));
  }

  /** So far. */
  String words() {
    return "Done so far: " + Formats.count(done) + refusals() + ". There are more: continue.";
  }

  /**
   * In the end.
   *
   * @param what was done, to be put behind a count
   */
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
