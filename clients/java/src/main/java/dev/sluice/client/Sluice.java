package dev.sluice.client;

import dev.sluice.client.Transport.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Enqueues work and follows it to its end.
 *
 * <p>A call that gets no answer, or 408, 429 or 5xx, is repeated, {@value #ATTEMPTS} times in all.
 * All attempts of a call have the same idempotency key, so none is carried out twice.
 */
public final class Sluice {

  private static final int ATTEMPTS = 6;
  private static final int MOST_ITEMS = 1_000;
  private static final int FOLLOW_SECONDS = 25;
  private static final Set<String> ENDS = Set.of("ended", "dead");

  private final Transport transport;
  private final String key;

  /**
   * @param key a user key with the scope {@code work:write}; to follow work it also needs {@code
   *     work:read} or {@code fleet:read}
   */
  public Sluice(String url, String key) {
    this.transport = new Transport(url);
    this.key = key;
  }

  /**
   * Enqueues an item, which needs a {@code prompt}. An item with a {@code sessionId} may be
   * enqueued again without harm.
   *
   * @return {@code sessionId}, {@code state}, {@code position}, and {@code duplicate} if the item
   *     was there already
   */
  public Map<String, Object> enqueue(Map<String, ?> item) throws IOException, InterruptedException {
    return post("/api/work", item);
  }

  /**
   * Enqueues any number of items, up to a thousand a call.
   *
   * @return a result for each item, in order; that of a refused one has {@code status}, {@code
   *     code} and {@code message}
   */
  public List<Map<String, Object>> enqueueAll(List<? extends Map<String, ?>> items)
      throws IOException, InterruptedException {
    List<Map<String, Object>> results = new ArrayList<>();
    for (int from = 0; from < items.size(); from += MOST_ITEMS) {
      List<?> part = items.subList(from, Math.min(items.size(), from + MOST_ITEMS));
      Json.list(post("/api/work", Map.of("items", part)), "results")
          .forEach(result -> results.add(Json.object(result)));
    }
    return results;
  }

  /** Enqueues a batch under a key that is used once. */
  public Map<String, Object> enqueueBatch(List<? extends Map<String, ?>> items)
      throws IOException, InterruptedException {
    return enqueueBatch(items, UUID.randomUUID().toString());
  }

  /**
   * Enqueues up to 10,000 items as one batch. One wrong item refuses the whole call. A full store
   * may refuse some items: the same call with the same key enqueues those, for 24 hours.
   *
   * @param idempotencyKey names the batch; another call with other items is refused
   * @return {@code batchId}, and how many were enqueued, were there already, or were refused
   */
  public Map<String, Object> enqueueBatch(
      List<? extends Map<String, ?>> items, String idempotencyKey)
      throws IOException, InterruptedException {
    return post("/api/batches", Map.of("items", items), idempotencyKey);
  }

  /** Returns how many items of a batch wait, run or have ended in which way. */
  public Map<String, Object> getBatch(String id) throws IOException, InterruptedException {
    return call("GET", "/api/batches/" + Transport.segment(id), Map.of(), Map.of());
  }

  /** Returns the batch once no item waits or runs. */
  public Map<String, Object> waitForBatch(String id) throws IOException, InterruptedException {
    return until(
        "/api/batches/" + Transport.segment(id) + "?wait=end",
        batch -> Boolean.TRUE.equals(batch.get("ended")));
  }

  /** Returns where work is, why it waits, and its {@code result} after the end. */
  public Map<String, Object> get(String id) throws IOException, InterruptedException {
    return call("GET", "/api/work/" + Transport.segment(id), Map.of(), Map.of());
  }

  /**
   * Passes on the work as it is now, and after each change of its state or place. Returns the work
   * once it has ended or is a dead letter.
   */
  public Map<String, Object> follow(String id, Consumer<Map<String, Object>> listener)
      throws IOException, InterruptedException {
    String path = "/api/work/" + Transport.segment(id);
    Map<String, Object> work = get(id);
    listener.accept(work);
    while (!isOver(work)) {
      String state = Json.text(work, "state");
      String place = Json.text(work, "place");
      work =
          until(
              path + "?wait=" + FOLLOW_SECONDS + "&state=" + state,
              next ->
                  !Json.text(next, "state").equals(state)
                      || !Json.text(next, "place").equals(place));
      listener.accept(work);
    }
    return work;
  }

  /** Returns the work once it has ended or is a dead letter. */
  public Map<String, Object> waitForEnd(String id) throws IOException, InterruptedException {
    return until("/api/work/" + Transport.segment(id) + "?wait=end", Sluice::isOver);
  }

  private static boolean isOver(Map<String, Object> work) {
    return ENDS.contains(Json.text(work, "place"));
  }

  /** A server on which too many calls wait answers at once: then this asks again after a second. */
  private Map<String, Object> until(String path, Predicate<Map<String, Object>> isReached)
      throws IOException, InterruptedException {
    while (true) {
      long asked = System.nanoTime();
      Map<String, Object> answer = call("GET", path, Map.of(), Map.of());
      if (isReached.test(answer)) {
        return answer;
      }
      Thread.sleep(Math.max(0, 1_000 - (System.nanoTime() - asked) / 1_000_000));
    }
  }

  /**
   * Sends a message to a session.
   *
   * @param type {@code directive}, {@code hook-result} or {@code nudge}
   */
  public Map<String, Object> send(String id, String type, String payload)
      throws IOException, InterruptedException {
    return post(
        "/api/sessions/" + Transport.segment(id) + "/inbox",
        Map.of("type", type, "payload", payload));
  }

  /** Ends work for good, wherever it is. */
  public Map<String, Object> stop(String id, String reason)
      throws IOException, InterruptedException {
    return post("/api/sessions/" + Transport.segment(id) + "/stop", Map.of("reason", reason));
  }

  private Map<String, Object> post(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return post(path, body, UUID.randomUUID().toString());
  }

  private Map<String, Object> post(String path, Map<String, ?> body, String idempotencyKey)
      throws IOException, InterruptedException {
    return call("POST", path, body, Map.of("Idempotency-Key", idempotencyKey));
  }

  private Map<String, Object> call(
      String method, String path, Map<String, ?> body, Map<String, String> headers)
      throws IOException, InterruptedException {
    for (int failures = 0; ; failures++) {
      long retryAfterMs = 0;
      try {
        Answer answer = transport.call(method, path, key, body, headers);
        if (answer.ok()) {
          return answer.body();
        }
        if (!answer.later() || failures + 1 == ATTEMPTS) {
          throw answer.problem();
        }
        retryAfterMs = answer.retryAfterMs();
      } catch (IOException e) {
        if (failures + 1 == ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(Transport.pauseMs(failures, retryAfterMs));
    }
  }
}
