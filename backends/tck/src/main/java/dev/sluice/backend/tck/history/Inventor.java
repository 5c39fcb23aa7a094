package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes up the arguments of calls. */
final class Inventor {

  static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final Random random;

  /** Separate, so that the rest of the seed is unaffected. */
  private final Random keys;

  Inventor(Random random, long seed) {
    this.random = random;
    keys = new Random(seed);
  }

  /** Mostly repeats the content of an id. */
  NewWork work(String session, long now) {
    return work(session, now, names(session));
  }

  /** May share a public id with other work. */
  NewWork workInBulk(String session, long now) {
    List<String> names = new ArrayList<>(names(session));
    if (oneIn(random, 2)) {
      names.add(Vocabulary.SHARED_NAME);
    }
    return work(session, now, names);
  }

  private List<String> names(String session) {
    return Vocabulary.namesOf(session).stream().filter(name -> oneIn(random, 2)).toList();
  }

  private NewWork work(String session, long now, List<String> names) {
    return new NewWork(
        session,
        oneIn(random, 2) ? session : pick(random, Vocabulary.ISSUES),
        "ISSUE",
        pick(random, Vocabulary.PROJECTS),
        pick(random, Vocabulary.CAPABILITIES),
        1 + random.nextInt(2),
        now - now % 60_000,
        oneIn(random, 5) ? later(now) : 0,
        oneIn(random, 6) ? later(now) : 0,
        names,
        oneIn(random, 12) ? "other" : "hash",
        "{\"n\":" + random.nextInt(1_000) + "}",
        oneIn(keys, 8) ? call() : null);
  }

  private Idempotency call() {
    return new Idempotency(
        "key " + keys.nextInt(3), keys.nextInt(2), oneIn(keys, 5) ? "other" : "hash");
  }

  /** Soon, now, just past, or after midnight. */
  long later(long now) {
    return pick(
        random,
        List.of(
            now - 1,
            now,
            now + 1,
            now + 5_000,
            now + 30_000,
            now + 60_000,
            now + 200_000,
            (now / DAY_MS + 1) * DAY_MS));
  }

  Registration registration(String worker) {
    return new Registration(
        worker,
        pick(random, Vocabulary.KEYS),
        pick(random, Vocabulary.DIALECTS),
        "host",
        1 + random.nextInt(4),
        pick(
            random,
            List.of(
                List.of(),
                List.of(),
                List.of(),
                Vocabulary.PROJECTS.subList(1, 2),
                Vocabulary.PROJECTS.subList(1, 4))),
        pick(
            random,
            List.of(
                List.of(),
                List.of("gpu", "mac", "x", BatchLane.CAPABILITY),
                List.of("gpu", "mac", "x", BatchLane.CAPABILITY),
                List.of("mac", "gpu"))),
        oneIn(random, 25),
        oneIn(random, 3) ? pick(random, Vocabulary.MACHINES) : null,
        "{\"n\":" + random.nextInt(1_000) + "}");
  }

  /** Named by nothing else in a history. */
  static Registration scanner(String worker) {
    List<String> can = List.of(BatchLane.CAPABILITY);
    return new Registration(
        worker, "k-0", Dialect.STANDARD, "host", 1, List.of(), can, false, "{}");
  }

  Heartbeat heartbeat() {
    return new Heartbeat(
        random.nextInt(4),
        oneIn(random, 4) ? 1 + random.nextInt(4) : null,
        oneIn(random, 4) ? (Boolean) oneIn(random, 8) : null);
  }

  StatusReport report(SessionState target) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put("f" + random.nextInt(3), String.valueOf(random.nextInt(100)));
    }
    return new StatusReport(
        target,
        fields,
        pick(random, List.of(-1L, 0L, 400L, 1_000L)),
        oneIn(random, 3) ? attempt() : null);
  }

  private Attempt attempt() {
    return new Attempt("k-" + random.nextInt(2), oneIn(random, 4) ? "other" : "hash");
  }

  NewActivity activity(String body) {
    TreeMap<String, String> fields = new TreeMap<>();
    if (oneIn(random, 3)) {
      fields.put("f" + random.nextInt(3), String.valueOf(random.nextInt(100)));
    }
    @Nullable String tool = oneIn(random, 2) ? "tool " + random.nextInt(3) : null;
    return new NewActivity("note", body, tool, fields);
  }

  NewBatchJob job() {
    String id = pick(random, Vocabulary.JOBS);
    return new NewBatchJob(id, oneIn(random, 12) ? "other" : "hash", "{\"job\":\"" + id + "\"}");
  }

  /** The key decides the content. */
  NewMessage message(String session) {
    MessageType type =
        pick(random, List.of(MessageType.DIRECTIVE, MessageType.NUDGE, MessageType.HOOK_RESULT));
    Lane lane = pick(random, List.of(Lane.values()));
    int number = random.nextInt(1_000);
    if (oneIn(keys, 20)) {
      String payload = "payload " + number % 2;
      return new NewMessage(type, lane, payload, null, "A user")
          .bearing(new Idempotency(type + " " + lane + " to " + session, 0, payload));
    }
    return new NewMessage(type, lane, "payload " + number, null, "A user");
  }

  QueueLimits limits() {
    @Nullable Integer concurrent = oneIn(random, 2) ? null : pick(random, List.of(0, 1, 2, 3, 3));
    @Nullable Long budget =
        oneIn(random, 4) ? null : pick(random, List.of(0L, 500L, 1_000L, 3_000L, 9_000L));
    return new QueueLimits(concurrent, budget);
  }
}
