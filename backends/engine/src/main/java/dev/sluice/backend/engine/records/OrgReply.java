package dev.sluice.backend.engine.records;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param seq of the decision
 * @param value null if refused, broken, or missing records
 * @param broken an internal error, for people
 * @param garbage values in other tables that the state no longer names
 * @param damaged sessions whose records can't be read
 * @param needed final records to fetch before trying again; nothing was changed
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
   * @param name key under the session
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
    /** A record and the activities it names. */
    RECORD_WITH_ALL
  }
}
