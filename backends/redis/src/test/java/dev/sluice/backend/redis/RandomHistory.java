package dev.sluice.backend.redis;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Registration;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.tck.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random operations, applied to a backend and to the model alike; each must answer the same, and
 * leave the same behind.
 *
 * <p>Few names and short times, so that the operations get into each other's way.
 */
final class RandomHistory {

  private static final List<String> SESSIONS =
      List.of("s-1", "s-2", "s-3", "s-4", "s-5", "s-10", "s-é", "s-\uD83D\uDE00", "s-\uFF21");
  private static final List<String> WORKERS = List.of("w-1", "w-2", "w-3");
  private static final List<String> PROJECTS = List.of("default", "web", "app");
  private static final List<List<String>> CAPABILITIES =
      List.of(List.of(), List.of(), List.of("gpu"), List.of("gpu", "mac"));
  private static final List<SessionState> REPORTABLE =
      Stream.of(SessionState.values()).filter(SessionState::reportable).toList();

  private final Random random;
  private final String org;
  private final MovableClock clock;
  private final QueueBackend model;
  private final QueueBackend backend;

  /** Ids of the messages sent, in the model and in the backend. */
  private final List<List<String>> messages = new ArrayList<>();

  private final List<Long> tokens = new ArrayList<>(List.of(0L));
  private final List<String> log = new ArrayList<>();
  private int requests;

  RandomHistory(
      long seed, String org, MovableClock clock, QueueBackend model, QueueBackend backend) {
    random = new Random(seed);
    this.org = org;
    this.clock = clock;
    this.model = model;
    this.backend = backend;
  }

  /** Runs so many operations; throws an AssertionError with the history at the first difference. */
  void run(int operations) {
    // Sweeps stamp an org from its first operation on: it begins with that here and there.
    register();
    for (int i = 0; i < operations; i++) {
      step();
      same("counts", store -> store.work().counts(org).value());
      for (String session : SESSIONS) {
        same("state of " + session, store -> store.sessions().find(org, session).value());
      }
      for (String worker : WORKERS) {
        WorkerRef ref = new WorkerRef(org, worker, null);
        same("record of " + worker, store -> store.workers().find(ref).value());
      }
    }
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> enqueue();
      case 4 -> register();
      case 5, 6, 7, 8 -> poll();
      case 9, 10, 11 -> report();
      case 12, 13 -> nack();
      case 14 -> stop();
      case 15 -> send();
      case 16 -> ack();
      case 17 -> heartbeat();
      case 18 -> time();
      default -> rare();
    }
  }

  private void enqueue() {
    String id = pick(SESSIONS);
    NewWork work =
        new NewWork(
            id,
            "issue",
            "ISSUE",
            pick(PROJECTS),
            pick(CAPABILITIES),
            1 + random.nextInt(3),
            clock.now() - random.nextInt(3),
            random.nextInt(8) == 0 ? "other" : "hash",
            "{\"n\":" + random.nextInt() + "}");
    same("enqueue " + work, store -> store.work().enqueue(org, List.of(work)).value());
  }

  private void register() {
    Registration registration =
        new Registration(
            pick(WORKERS),
            pick(List.of("k-1", "k-2")),
            pick(List.of(Dialect.values())),
            "host",
            1 + random.nextInt(4),
            pick(List.of(List.of(), List.of(), List.of("web"), List.of("app", "web"))),
            pick(List.of(List.of(), List.of("mac", "gpu"))),
            random.nextInt(10) == 0,
            "{}");
    same("register " + registration, store -> store.workers().register(org, registration).value());
  }

  private void poll() {
    String request = "r-" + (random.nextInt(6) == 0 ? requests : ++requests);
    PollRequest poll = new PollRequest(ref(), request, random.nextInt(6));
    same(
        "poll " + poll,
        store -> {
          PollResult result = store.workers().poll(poll).value();
          result.work().forEach(claim -> tokens.add(claim.token()));
          return new PollResult(
              result.work(),
              result.messages().stream().map(RandomHistory::withoutId).toList(),
              result.dialect(),
              result.capabilities());
        });
  }

  private void report() {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put("f-" + random.nextInt(3), String.valueOf(random.nextInt()));
    }
    StatusReport report = new StatusReport(pick(REPORTABLE), fields);
    String session = pick(SESSIONS);
    Holder holder = holder();
    same(
        "report " + session + " " + holder + " " + report,
        store -> store.sessions().report(org, session, holder, report).value());
  }

  private void nack() {
    String session = pick(SESSIONS);
    Holder holder = holder();
    same(
        "nack " + session + " " + holder,
        store -> store.sessions().nack(org, session, holder).value());
  }

  private void stop() {
    String session = pick(SESSIONS);
    same(
        "stop " + session,
        store -> {
          StopResult result =
              store.sessions().stop(org, session, new StopOrder("why", "u", null)).value();
          return List.of(result.session(), result.messageId() != null);
        });
  }

  private void send() {
    String session = pick(SESSIONS);
    NewMessage message =
        new NewMessage(
            pick(List.of(MessageType.DIRECTIVE, MessageType.NUDGE)),
            pick(List.of(Lane.values())),
            "payload " + messages.size(),
            null,
            "name");
    List<String> ids = new ArrayList<>();
    same(
        "send " + session + " " + message,
        store -> {
          Message sent = store.inboxes().send(org, session, message).value();
          ids.add(sent.id());
          return withoutId(sent);
        });
    if (ids.size() == 2) {
      messages.add(ids);
    }
  }

  private void ack() {
    if (messages.isEmpty()) {
      return;
    }
    String session = pick(SESSIONS);
    List<String> ids = pick(messages);
    Lane lane = pick(List.of(Lane.values()));
    Holder holder = random.nextBoolean() ? holder() : null;
    same(
        "ack " + session + " " + ids + " " + lane + " " + holder,
        store ->
            store
                .inboxes()
                .ack(org, session, ids.get(store == model ? 0 : 1), lane, holder)
                .value());
  }

  private void heartbeat() {
    WorkerRef ref = ref();
    Heartbeat beat =
        new Heartbeat(
            random.nextInt(4),
            random.nextInt(3) == 0 ? 1 + random.nextInt(4) : null,
            random.nextInt(3) == 0 ? random.nextInt(4) == 0 : null);
    same("heartbeat " + ref + " " + beat, store -> store.workers().heartbeat(ref, beat).value());
  }

  private void time() {
    if (random.nextBoolean()) {
      Duration time = Duration.ofSeconds(random.nextInt(60));
      log.add("jump " + time);
      clock.jump(time);
    } else {
      pass(random.nextInt(80));
    }
    same("sweep", store -> store.upkeep().sweep());
  }

  /** Time with a sweep in each step that is no outage. */
  private void pass(int steps) {
    log.add("pass " + steps);
    for (int i = 0; i < steps; i++) {
      clock.jump(Duration.ofSeconds(10));
      same("sweep", store -> store.upkeep().sweep());
    }
  }

  private void rare() {
    if (random.nextInt(3) == 0) {
      WorkerRef ref = ref();
      same("deregister " + ref, store -> store.workers().deregister(ref).value());
    } else {
      pass(20);
    }
  }

  private WorkerRef ref() {
    return new WorkerRef(org, pick(WORKERS), random.nextInt(8) == 0 ? "k-1" : null);
  }

  private Holder holder() {
    long token = random.nextInt(4) == 0 ? pick(tokens) : 0;
    return new Holder(pick(WORKERS), random.nextInt(8) == 0 ? "k-1" : null, token);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static Message withoutId(Message message) {
    return new Message(
        "",
        message.sessionId(),
        message.type(),
        message.lane(),
        message.payload(),
        message.userId(),
        message.userName(),
        message.createdAtMs());
  }

  private void same(String what, Function<QueueBackend, @Nullable Object> operation) {
    log.add(what);
    Object expected = answer(model, operation);
    Object answer = answer(backend, operation);
    if (!expected.equals(answer)) {
      throw new AssertionError(
          what
              + "\n  model:   "
              + expected
              + "\n  backend: "
              + answer
              + "\nafter\n  "
              + String.join("\n  ", log.subList(Math.max(0, log.size() - 2_000), log.size())));
    }
    // The look after each operation says nothing of how it came to a difference.
    if (what.startsWith("counts") || what.startsWith("state of") || what.startsWith("record of")) {
      log.remove(log.size() - 1);
    }
  }

  private static Object answer(QueueBackend store, Function<QueueBackend, Object> operation) {
    try {
      return operation.apply(store);
    } catch (RefusedException e) {
      return e.refusal() + " " + e.owner();
    }
  }
}
