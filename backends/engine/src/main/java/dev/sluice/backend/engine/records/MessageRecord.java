package dev.sluice.backend.engine.records;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A message without its text.
 *
 * @param id {@code <epoch ms>-<seq>}
 * @param seq sequence number of the change that stored it: its age
 * @param text names its text among those of its session; 0 for an empty one
 * @param hiddenUntilMs until when it counts as offered; 0 before the first offer
 * @param offeredTo the worker that a poll offered it to last; null before the first
 * @param excerpt the beginning of its text, {@link Message#excerpt}
 * @param bytes what it counts, {@link dev.sluice.backend.StoredBytes}
 */
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
    long bytes) {

  /** In older bytes there is no excerpt. */
  @SuppressWarnings("NullAway") // what is missing in older bytes is null
  public MessageRecord {
    excerpt = excerpt == null ? "" : excerpt;
  }

  /** A new one, that nobody has seen. */
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
      long bytes) {
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
        bytes);
  }

  /** Offered by a poll of that worker, and hidden until then. */
  public MessageRecord offered(String worker, long untilMs) {
    return hidden(worker, untilMs);
  }

  /** Offered otherwise than by a poll, and hidden until then. */
  public MessageRecord injected(long untilMs) {
    return hidden(offeredTo, untilMs);
  }

  private MessageRecord hidden(@Nullable String worker, long untilMs) {
    return new MessageRecord(
        sessionId,
        id,
        seq,
        type,
        lane,
        userId,
        userName,
        createdAtMs,
        text,
        untilMs,
        worker,
        excerpt,
        bytes);
  }

  /** The same when its text is stored no longer. */
  public MessageRecord withoutText() {
    return new MessageRecord(
        sessionId,
        id,
        seq,
        type,
        lane,
        userId,
        userName,
        createdAtMs,
        0,
        hiddenUntilMs,
        offeredTo,
        excerpt,
        bytes);
  }

  /**
   * Whether it is to be offered.
   *
   * @param againTo a worker to which a poll may have offered it in vain, or null
   */
  public boolean visible(long nowMs, @Nullable String againTo) {
    return hiddenUntilMs <= nowMs || (againTo != null && againTo.equals(offeredTo));
  }

  /** As the contract shows one that was just sent, with that text. */
  public Message show(String payload) {
    return new Message(id, sessionId, type, lane, payload, userId, userName, createdAtMs);
  }

  /**
   * When it was last offered: so long before it is to be offered again.
   *
   * @param visibilityMs {@link dev.sluice.backend.Rules#visibilityMs()}
   * @return epoch ms; 0 if it never was
   */
  public long offeredAtMs(long visibilityMs) {
    return hiddenUntilMs == 0 ? 0 : hiddenUntilMs - visibilityMs;
  }
}
