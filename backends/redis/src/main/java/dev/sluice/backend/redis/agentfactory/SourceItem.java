package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of a session in the other server's waiting work.
 *
 * @param key of the list, with the session
 * @param text as stored; null together with {@code json} if there is none that can be read
 * @param score in the queue; NaN for none
 * @param wakeAt epoch ms; 0 for none
 * @param flaw the reason why it is half a place, after "since"; null if it is whole
 */
record SourceItem(
    Origin origin,
    String key,
    @Nullable String text,
    @Nullable ObjectNode json,
    double score,
    long wakeAt,
    @Nullable String flaw) {

  /** The lists of pending sessions, in the order in which they count. */
  enum Origin {
    QUEUE,
    PARKED,
    BACKOFF("backoffUntil", "backoffAttempt", "backoffReason"),
    SUSPENDED("suspendedAt", "suspendReason", "lastEvaluatedAt"),
    /** Has no items. */
    WAKE;

    private final List<String> added;

    Origin(String... added) {
      this.added = List.of(added);
    }

    /** The members that the list adds to the item. */
    List<String> added() {
      return added;
    }
  }

  static SourceItem of(Origin origin, String key, @Nullable String text) {
    ObjectNode json = text == null ? null : Json.object(text);
    String flaw = text == null ? "it has no item" : json == null ? "it is no JSON object" : null;
    return new SourceItem(origin, key, json == null ? null : text, json, Double.NaN, 0, flaw);
  }

  static SourceItem wake(String key, long at) {
    return new SourceItem(Origin.WAKE, key, null, null, Double.NaN, at, null);
  }

  SourceItem withScore(double newScore) {
    return new SourceItem(origin, key, text, json, newScore, wakeAt, flaw);
  }

  SourceItem until(long at) {
    return new SourceItem(origin, key, text, json, score, at, flaw);
  }

  /** Keeps an earlier flaw. */
  SourceItem flawed(String newFlaw) {
    return new SourceItem(origin, key, text, json, score, wakeAt, flaw == null ? newFlaw : flaw);
  }
}
