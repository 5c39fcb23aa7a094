package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Producers, senders and workers, all at once in one project, until a plug is pulled or all work is
 * handed out; and all answers to them.
 *
 * <p>The effect of a call without an answer is unknown: either outcome is right. A member goes on
 * with the next node, if any, when its own stops answering.
 */
final class Fleet {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  static final int ITEMS = LONG ? 2_000 : 400;

  private static final int PRODUCERS = 2;
  private static final int WORKERS = 4;

  /** Few, so that there are enqueues from the first hand-out to the last. */
  private static final int BATCH = LONG ? 20 : 5;

  private record Claim(String worker, long token) {}

  private final String project;
  private final List<FleetCalls> nodes;
  private final AtomicBoolean cutOff = new AtomicBoolean();
  private final AtomicInteger producing = new AtomicInteger(PRODUCERS);
  private final AtomicInteger working = new AtomicInteger(WORKERS);
  private final AtomicInteger handedOut = new AtomicInteger();

  private final Set<String> enqueued = ConcurrentHashMap.newKeySet();
  private final Map<String, Claim> claims = new ConcurrentHashMap<>();
  private final Set<String> twice = ConcurrentHashMap.newKeySet();
  private final Set<String> completed = ConcurrentHashMap.newKeySet();
  private final Set<String> completing = ConcurrentHashMap.newKeySet();
  private final Map<String, String> sent = new ConcurrentHashMap<>();
  private final Set<String> acked = ConcurrentHashMap.newKeySet();
  private final Set<String> acking = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> running = new LinkedBlockingQueue<>();
  private final AtomicLong longestMs = new AtomicLong();

  /**
   * @param nodes one at a time for each member
   */
  Fleet(String project, FleetCalls... nodes) {
    this.project = project;
    this.nodes = List.of(nodes);
  }

  /** Works until the plug of the only node is pulled, after {@code pullAt} claims. */
  void workUntil(int pullAt, Runnable plug) throws Exception {
    work(
        pullAt,
        () -> {
          cutOff.set(true);
          plug.run();
        });
  }

  /**
   * Works until all is handed out, through an outage of the store or a node.
   *
   * @param pullAt number of claims before the plug is pulled
   */
  void workThrough(int pullAt, Runnable plug) throws Exception {
    work(pullAt, plug);
    assertThat(enqueued).as("enqueued in the end").hasSize(ITEMS);
  }

  private void work(int pullAt, Runnable plug) throws Exception {
    List<Callable<Void>> threads = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      int producer = i;
      threads.add(() -> produce(producer, new Line(producer)));
    }
    threads.add(() -> send(new Line(0)));
    for (int i = 0; i < WORKERS; i++) {
      Line line = new Line(i);
      String worker = line.node().register(project, ITEMS);
      threads.add(
          () -> {
            while (!cutOff.get() && work(line, worker, pullAt, plug)) {
              // on and on
            }
            working.decrementAndGet();
            return null;
          });
    }
    inParallel(threads);
    assertThat(handedOut.get()).as("handed out in all").isGreaterThanOrEqualTo(pullAt);
  }

  private Void produce(int producer, Line line) throws Exception {
    int count = ITEMS / PRODUCERS;
    for (int start = 0; start < count && !cutOff.get(); ) {
      List<String> ids =
          IntStream.range(start, start + BATCH)
              .mapToObj(i -> project + "-" + producer + "-" + i)
              .toList();
      if (line.told(node -> node.enqueue(project, ids))) {
        enqueued.addAll(ids);
        start += BATCH; // else the same once more, which is safe
      }
    }
    producing.decrementAndGet();
    return null;
  }

  private Void send(Line line) throws Exception {
    int number = 0;
    while (!cutOff.get() && working.get() > 0) {
      String id = running.poll(50, TimeUnit.MILLISECONDS);
      if (id == null) {
        continue; // unless nobody works any more
      }
      String payload = "message " + number++;
      line.told(node -> sent.put(node.send(id, payload), id));
    }
    return null;
  }

  /** Polls once and handles the answer; false when nothing more will come. */
  private boolean work(Line line, String worker, int pullAt, Runnable plug) throws Exception {
    boolean all = producing.get() == 0;
    JsonNode[] answer = new JsonNode[1];
    if (!line.told(node -> answer[0] = node.poll(worker))) {
      return true;
    }
    note(worker, answer[0]);
    for (Map.Entry<String, JsonNode> inbox : answer[0].at("/inboxMessages").properties()) {
      for (JsonNode message : inbox.getValue()) {
        String id = message.at("/id").asText();
        acking.add(id);
        if (line.told(node -> node.ack(inbox.getKey(), id))) {
          acked.add(id);
        }
      }
    }
    for (JsonNode claimed : answer[0].at("/claimedSessionIds")) {
      String id = claimed.asText();
      int number = handedOut.incrementAndGet();
      if (number == pullAt) {
        plug.run();
      }
      if (number % 3 == 0) {
        completing.add(id);
        line.told(
            node -> {
              if (node.complete(worker, id, claims.get(id).token)) {
                completed.add(id);
              }
            });
      } else {
        running.add(id);
      }
    }
    return !all || !answer[0].at("/claimedSessionIds").isEmpty();
  }

  private void note(String worker, JsonNode answer) {
    for (JsonNode claimed : answer.at("/claimedSessionIds")) {
      String id = claimed.asText();
      long token = answer.at("/claims").path(id).path("token").asLong();
      if (claims.put(id, new Claim(worker, token)) != null) {
        twice.add(id);
      }
    }
  }

  /** Duration of the slowest call, with its repetitions. */
  long longestMs() {
    return longestMs.get();
  }

  private interface Call {
    void on(FleetCalls node) throws IOException, InterruptedException;
  }

  private final class Line {
    private int at;

    Line(int member) {
      at = member;
    }

    FleetCalls node() {
      return nodes.get(at % nodes.size());
    }

    /** Makes a call; true if it was answered. */
    boolean told(Call call) throws InterruptedException {
      long start = System.nanoTime();
      try {
        call.on(node());
        return true;
      } catch (IOException e) {
        at++;
        if (nodes.size() == 1) {
          cutOff.set(true);
        }
        return false;
      } finally {
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        longestMs.accumulateAndGet(took, Math::max);
      }
    }
  }

  /** Checks all answers against what a service says afterwards, and works off the rest. */
  String check(FleetCalls after) throws Exception {
    Map<String, JsonNode> found = new ConcurrentHashMap<>();
    List<Callable<Void>> looks = new ArrayList<>();
    for (String id : enqueued) {
      looks.add(
          () -> {
            found.put(id, after.work(id));
            return null;
          });
    }
    inParallel(looks);
    int told = claims.size();
    Set<String> waiting = new HashSet<>();
    int claimed = 0;
    int ended = 0;
    for (String id : enqueued) {
      JsonNode work = found.get(id);
      Claim claim = claims.get(id);
      switch (work.at("/place").asText()) {
        case "ready" -> {
          waiting.add(id);
          assertThat(claim).as("%s was handed out, yet it waits", id).isNull();
        }
        case "claimed" -> {
          claimed++;
          if (claim != null) {
            assertThat(work.at("/workerId").asText()).as("owner of " + id).isEqualTo(claim.worker);
          }
          assertThat(completed).as("acknowledged as completed").doesNotContain(id);
        }
        case "ended" -> {
          ended++;
          assertThat(work.at("/state").asText()).isEqualTo("completed");
          assertThat(completing).as("reported as completed").contains(id);
        }
        default -> throw new AssertionError("lost: " + id + " " + work);
      }
    }
    checkMessages(after);
    checkRest(after, waiting);
    checkTokens(after, found);
    assertThat(twice).as("handed out twice").isEmpty();
    return "%d enqueued, %d handed out, %d messages sent, %d acknowledged; afterwards %d completed, %d claimed, %d waiting"
        .formatted(
            enqueued.size(), told, sent.size(), acked.size(), ended, claimed, waiting.size());
  }

  /** Messages come again until acknowledged. */
  private void checkMessages(FleetCalls after) throws Exception {
    Set<String> expected = new HashSet<>();
    sent.forEach(
        (message, session) -> {
          if (!acking.contains(message) && claims.containsKey(session)) {
            expected.add(message);
          }
        });
    Set<String> owners = new HashSet<>();
    sent.values().forEach(id -> owners.add(claims.get(id).worker));
    Set<String> seen = new HashSet<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!seen.containsAll(expected) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50); // what was offered is hidden for a second
      for (String owner : owners) {
        JsonNode answer = after.poll(owner);
        note(owner, answer);
        for (JsonNode messages : answer.at("/inboxMessages")) {
          messages.forEach(message -> seen.add(message.at("/id").asText()));
        }
      }
    }
    assertThat(seen).as("messages that come again").containsAll(expected);
    assertThat(seen).as("acknowledged messages").filteredOn(acked::contains).isEmpty();
  }

  /** Exactly the waiting items are handed out. */
  private void checkRest(FleetCalls after, Set<String> waiting) throws Exception {
    String worker = after.register(project, 2 * ITEMS);
    int before;
    do {
      before = claims.size();
      note(worker, after.poll(worker));
    } while (claims.size() > before);
    assertThat(claims.keySet()).as("what is handed out in the end").containsAll(waiting);
  }

  /** Ends the earlier claims by their owners, with their claim tokens. */
  private void checkTokens(FleetCalls after, Map<String, JsonNode> found) throws Exception {
    List<Callable<Void>> ends = new ArrayList<>();
    found.forEach(
        (id, work) -> {
          Claim claim = claims.get(id);
          if (claim != null && work.at("/place").asText().equals("claimed")) {
            ends.add(
                () -> {
                  assertThat(after.complete(claim.worker, id, claim.token)).as(id).isTrue();
                  return null;
                });
          }
        });
    inParallel(ends);
  }

  private static void inParallel(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + WORKERS + 1);
    try {
      for (Future<Void> one : threads.invokeAll(tasks)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
