package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation sends back.
 *
 * @param seq sequence number at which it was decided
 * @param value its answer; null if it was refused, broke, or needs records
 * @param refused why it was refused; else null
 * @param broken what went wrong inside of it, for people; else null
 * @param garbage values outside the state that it no longer names
 * @param damaged ids of sessions whose records it could not read
 * @param needed records outside the state without which it could not decide; it changed nothing
 * @param hints what has become eligible or readable
 */
public record Reply(
    long seq,
    @Nullable Object value,
    @Nullable Refused refused,
    @Nullable String broken,
    List<Garbage> garbage,
    List<String> damaged,
    List<Needed> needed,
    List<OrgHint> hints) {

  /** A refusal, as data. */
  public record Refused(Refusal refusal, String message, @Nullable String owner) {}

  /** Names something that is stored under a session's id. */
  public record Garbage(Stored kind, String sessionId, long name) {}

  /** Names a record of an ended session. */
  public record Needed(String sessionId, long name) {}

  /** A hint, in the org of the operation. */
  public record OrgHint(Hint.Kind kind, String name) {}

  /** Kinds of values outside the state. */
  public enum Stored {
    /** An item. */
    ITEM,
    /** The text of a message. */
    TEXT,
    /** What was said in an activity. */
    ACTIVITY,
    /** A job of the batch lane, under the job's id instead of a session's. */
    JOB,
    /** The record of an ended session. */
    RECORD,
    /** The same with all that it names. */
    RECORD_WITH_ALL
  }
}
