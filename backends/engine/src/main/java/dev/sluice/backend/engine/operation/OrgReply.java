package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reply to an operation.
 *
 * @param seq sequence number of the decision
 * @param value the answer; null if refused, broken, or missing records
 * @param refused the refusal; else null
 * @param broken an internal error, for people; else null
 * @param garbage values in other tables that the state no longer names
 * @param damaged ids of sessions whose records can't be read
 * @param needed final records to fetch before trying again; nothing was changed
 * @param hints for subscribers
 */
public record OrgReply(
    long seq,
    @Nullable Object value,
    @Nullable Refused refused,
    @Nullable String broken,
    List<Garbage> garbage,
    List<String> damaged,
    List<Needed> needed,
    List<OrgHint> hints) {

  public record Refused(Refusal refusal, String message, @Nullable String owner) {}

  /**
   * A value in another table.
   *
   * @param name its key under the session
   */
  public record Garbage(Stored kind, String sessionId, long name) {}

  public record Needed(String sessionId, long name) {}

  public record OrgHint(Hint.Kind kind, String name) {}

  public enum Stored {
    ITEM,
    TEXT,
    ACTIVITY,
    /** Stored under the id of a job. */
    JOB,
    RECORD,
    /** A record with the activities it names. */
    RECORD_WITH_ALL
  }
}
