package dev.sluice.backend.engine.records;

import dev.sluice.backend.JsonBytes;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.store.StoredBytes;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A message without its text.
 *
 * @param id {@code <epoch ms>-<seq>}
 * @param seq of the change that stored it, its age
 * @param text key in the texts table; 0 for an empty text
 * @param hiddenUntilMs end of the visibility time-out; 0 before the first offer
 * @param offeredTo the snake-case worker that a poll told of it last; null after an offer to
 *     another
 * @param jsonBytes of the text in an answer
 */
@RecordBuilder
public record MessageRecord(
    String sessionId,
    String id,
    long seq,
    MessageType type,
    Lane lane,
    @Nullable String userId,
    @Nullable String userName,
    long createdAtMs,
    long text,
    long hiddenUntilMs,
    @Nullable String offeredTo,
    String excerpt,
    long bytes,
    long jsonBytes)
    implements MessageRecordBuilder.With {

  /** Older bytes have no excerpt, and no size in an answer: it is the largest possible. */
  @SuppressWarnings("NullAway") // null where missing in older bytes
  public MessageRecord {
    excerpt = excerpt == null ? "" : excerpt;
    jsonBytes = jsonBytes == 0 ? JsonBytes.MOST * Math.max(0, bytes - StoredBytes.LINE) : jsonBytes;
  }

  public MessageRecord(
      String sessionId,
      String id,
      long seq,
      MessageType type,
      Lane lane,
      @Nullable String userId,
      @Nullable String userName,
      long createdAtMs,
      long text,
      String excerpt,
      long bytes,
      long jsonBytes) {
    this(
        sessionId,
        id,
        seq,
        type,
        lane,
        userId,
        userName,
        createdAtMs,
        text,
        0,
        null,
        excerpt,
        bytes,
        jsonBytes);
  }

  /** The size in an answer, with its names. */
  public long answerBytes() {
    return StoredBytes.LINE
        + jsonBytes
        + nameBytes(sessionId)
        + nameBytes(userId)
        + nameBytes(userName);
  }

  private static long nameBytes(@Nullable String name) {
    return name == null ? 0 : JsonBytes.of(name);
  }

  public MessageRecord offered(@Nullable String worker, long untilMs) {
    return hidden(worker, untilMs);
  }

  /** Takes back an offer that never arrived. */
  public MessageRecord withdrawn() {
    return hidden(null, 0);
  }

  /** Offered by a refresh. */
  public MessageRecord injected(long untilMs) {
    return hidden(offeredTo, untilMs);
  }

  private MessageRecord hidden(@Nullable String worker, long untilMs) {
    return with(hidden -> hidden.hiddenUntilMs(untilMs).offeredTo(worker));
  }

  public MessageRecord withoutText() {
    return withText(0);
  }

  /**
   * @param againTo a worker whose last answer was lost: it is offered its hidden messages again
   */
  public boolean visible(long nowMs, @Nullable String againTo) {
    return hiddenUntilMs <= nowMs || (againTo != null && againTo.equals(offeredTo));
  }

  public Message show(String payload) {
    return new Message(id, sessionId, type, lane, payload, userId, userName, createdAtMs);
  }

  /** Epoch ms; 0 for none. */
  public long offeredAtMs(long visibilityMs) {
    return hiddenUntilMs == 0 ? 0 : hiddenUntilMs - visibilityMs;
  }
}
