package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
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

  private static final NackReason REASON = new NackReason("turn\nclosed \u00e9");

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
        null,
        1 + random.nextInt(2),
        now - now % 60_000,
        oneIn(random, 5) ? later(now) : 0,
        oneIn(random, 6) ? later(now) : 0,
        names,
        oneIn(random, 12) ? "other" : "hash",
        "{\"n\":" + random.nextInt(1_000) + "}",
        Subject.NONE,
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
    String machine = oneIn(random, 3) ? null : pick(random, Vocabulary.MACHINES);
    return registration(worker, pick(random, Vocabulary.KEYS), machine);
  }

  Registration registration(String worker, String key, @Nullable String machine) {
    return new Registration(
        worker,
        key,
        pick(random, Vocabulary.DIALECTS),
        "host",
        1 + random.nextInt(4),
        Projects.of(projects()),
        pick(
            random,
            List.of(
                List.of(),
                List.of("gpu", "mac", "x", BatchLane.CAPABILITY),
                List.of("gpu", "mac", "x", BatchLane.CAPABILITY),
                List.of("mac", "gpu"))),
        oneIn(random, 25),
        machine,
        "{\"n\":" + random.nextInt(1_000) + "}",
        List.of());
  }

  /** Named by nothing else in a history. */
  static Registration scanner(String worker) {
    List<String> can = List.of(BatchLane.CAPABILITY);
    return new Registration(
        worker, "k-0", Dialect.STANDARD, "host", 1, Projects.ALL, can, false, "{}");
  }

  /** A mere sign of life. */
  Heartbeat heartbeat() {
    return heartbeat(random.nextInt(4), null, false);
  }

  /** Counts sessions, often too few. */
  Heartbeat counting() {
    return heartbeat(oneIn(random, 2) ? 0 : random.nextInt(4), null, true);
  }

  Heartbeat listing(List<String> held) {
    return heartbeat(held.size(), held, oneIn(random, 2));
  }

  private Heartbeat heartbeat(int count, @Nullable List<String> held, boolean counted) {
    return new Heartbeat(
        count,
        oneIn(random, 4) ? 1 + random.nextInt(4) : null,
        oneIn(random, 4) ? (Boolean) oneIn(random, 8) : null,
        oneIn(random, 8) ? admitted() : null,
        oneIn(random, 6) ? (Integer) random.nextInt(2) : null,
        held,
        counted);
  }

  private Projects admitted() {
    return oneIn(random, 8) ? Projects.NONE : Projects.of(projects());
  }

  private List<String> projects() {
    return pick(
        random,
        List.of(
            List.of(),
            List.of(),
            List.of(),
            Vocabulary.PROJECTS.subList(1, 2),
            Vocabulary.PROJECTS.subList(1, 4)));
  }

  /**
   * Acknowledges a message and gives up on others, or does neither.
   *
   * @param known ids of messages
   */
  RefreshRequest refresh(List<String> known) {
    @Nullable String acked = oneIn(random, 3) && !known.isEmpty() ? pick(random, known) : null;
    return new RefreshRequest(
        oneIn(random, 12), acked, oneIn(random, 3) ? undeliverable(known) : List.of());
  }

  /** Acknowledges a message or gives up on it. */
  RefreshRequest refreshAfter(String message) {
    return oneIn(random, 2)
        ? new RefreshRequest(false, message)
        : new RefreshRequest(oneIn(random, 2), null, undeliverable(List.of(message)));
  }

  private List<Undeliverable> undeliverable(List<String> known) {
    List<Undeliverable> gone = new ArrayList<>();
    for (int more = random.nextInt(3); more >= 0; more--) {
      String id = known.isEmpty() || oneIn(random, 8) ? "0-0" : pick(random, known);
      gone.add(new Undeliverable(id, oneIn(random, 3) ? null : REASON));
    }
    return gone;
  }

  StatusReport report(SessionState target) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put("f" + random.nextInt(3), String.valueOf(random.nextInt(100)));
    }
    StatusReport report =
        new StatusReport(
            target,
            fields,
            pick(random, List.of(-1L, 0L, 400L, 1_000L)),
            oneIn(random, 3) ? attempt() : null);
    return target == SessionState.FAILED && !oneIn(random, 4) ? report.failing(failure()) : report;
  }

  private dev.sluice.backend.sessions.Failure failure() {
    return new dev.sluice.backend.sessions.Failure(
        "cause " + random.nextInt(2), pick(random, List.of(Remedy.values())), oneIn(random, 2));
  }

  SessionState ending() {
    return oneIn(random, 3) ? SessionState.FAILED : SessionState.COMPLETED;
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
