package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation sends back.
 *
 * @param seq sequence number at which it was decided
 * @param value its answer; null if it was refused or broke
 * @param refused why it was refused; else null
 * @param broken what went wrong inside of it, for people; else null
 * @param garbage texts of messages that nothing names any more
 * @param damaged ids of sessions whose records it could not read
 */
public record Reply(
    long seq,
    @Nullable Object value,
    @Nullable Refused refused,
    @Nullable String broken,
    List<Text> garbage,
    List<String> damaged) {

  /** A refusal, as data. */
  public record Refused(Refusal refusal, String message, @Nullable String owner) {}

  /** Names the text of a message. */
  public record Text(String sessionId, long name) {}
}
