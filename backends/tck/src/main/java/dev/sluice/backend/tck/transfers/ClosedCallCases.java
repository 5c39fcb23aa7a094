package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.backend.tck.TransferVerbs;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of the contract that changes an org. */
abstract class ClosedCallCases extends TransferVerbs {

  private static final List<Class<?>> SUBJECTS =
      List.of(
          WorkQueue.class,
          Workers.class,
          Sessions.class,
          Inboxes.class,
          Queues.class,
          BatchLane.class,
          Audit.class,
          StopOrders.class,
          Findings.class,
          Figures.class,
          Credentials.class,
          Upkeep.class);

  private static final Set<String> READS =
      Set.of(
          "WorkQueue.counts",
          "WorkQueue.standing",
          "WorkQueue.list",
          "WorkQueue.standings",
          "WorkQueue.storedBytes",
          "Workers.find",
          "Workers.list",
          "Sessions.find",
          "Sessions.findPublic",
          "Sessions.list",
          "Sessions.rows",
          "Sessions.claims",
          "Sessions.headlines",
          "Sessions.stages",
          "Sessions.ofIssue",
          "Sessions.activities",
          "Sessions.timeline",
          "Inboxes.list",
          "Inboxes.history",
          "Inboxes.unacknowledged",
          "Inboxes.counts",
          "Queues.find",
          "Queues.list",
          "Queues.buckets",
          "BatchLane.find",
          "Audit.list",
          "StopOrders.find",
          "Findings.list",
          "Figures.read",
          "Credentials.findKey",
          "Credentials.keys",
          "Credentials.expired",
          "Credentials.lastUses",
          "Credentials.endedTokens",
          "Upkeep.orgs",
          "Upkeep.timesAhead",
          "Upkeep.health",
          "Upkeep.nodes",
          "Upkeep.bounds");

  /** They change no org, or are part of no copy. */
  private static final Set<String> OUTSIDE =
      Set.of(
          "Credentials.addFirstKeys",
          "Credentials.noteUse",
          "Credentials.endTokens",
          "Credentials.installation",
          "Credentials.signingSecret",
          "Upkeep.sweepStep");

  private final Map<String, ThrowingCallable> calls = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void no_change_goes_through(Purpose purpose) {
    String keyId = purpose == Purpose.IMPORT ? "none" : prepared();
    close(org, purpose);
    calls(keyId);

    calls.forEach(
        (name, call) -> {
          if (name.startsWith("Credentials")) { // without a number
            withoutTrace(() -> refusal(Refusal.CLOSED, call));
          } else {
            refused(Refusal.CLOSED, call);
          }
        });

    open(org);
    assertThat(credentials().keys(org)).hasSize(purpose == Purpose.IMPORT ? 0 : 1);
  }

  @Test
  void every_call_was_thought_of() {
    calls("key");
    Set<String> known = new TreeSet<>(calls.keySet());
    known.addAll(READS);
    known.addAll(OUTSIDE);

    Set<String> all = new TreeSet<>();
    for (Class<?> subject : SUBJECTS) {
      Stream.of(subject.getMethods())
          .filter(method -> Modifier.isAbstract(method.getModifiers()))
          .map(method -> subject.getSimpleName() + "." + method.getName())
          .forEach(all::add);
    }
    assertThat(known).containsExactlyElementsOf(all);
    assertThat(Stream.of(QueueBackend.class.getMethods()).map(Method::getReturnType))
        .containsAll(SUBJECTS);
  }

  @Test
  void after_its_end_all_go_on() {
    claim("a");
    close(org, Purpose.MOVE);
    open(org);

    worker.start("a");
    worker.complete("a");
    assertThat(session("a").state()).isEqualTo(SessionState.COMPLETED);
  }

  private String prepared() {
    other.register();
    claim("a");
    worker.start("a");
    send("a", MessageType.NUDGE, "go on");
    enqueue(work("b"));
    deadLetter("dead");
    add("j");
    Key key = new Key("key-of-" + org, org, Key.Type.USER, "", Set.of(), List.of());
    credentials().addKey(newHash(), key);
    return key.id();
  }

  private void calls(String keyId) {
    work();
    workersCalls();
    sessionsCalls();
    reports();
    operators(keyId);
  }

  private void work() {
    calls.put("WorkQueue.enqueue", () -> queue().enqueue(org, List.of(work("c").build())));
    calls.put("WorkQueue.reprioritise", () -> reprioritise("b", 1));
    calls.put("WorkQueue.front", () -> front("b"));
    calls.put("BatchLane.add", () -> batch().add(org, List.of(job("k"))));
  }

  private void workersCalls() {
    calls.put(
        "Workers.register",
        () -> workers().register(org, workerOf(org).named("new").registration()));
    calls.put("Workers.heartbeat", () -> workers().heartbeat(ref(), new Heartbeat(0, null, null)));
    calls.put("Workers.poll", () -> workers().poll(new PollRequest(ref(), "r", 5, true)));
    calls.put("Workers.drain", () -> workers().drain(org, worker.id(), true, BY));
    calls.put("Workers.setNote", () -> workers().setNote(org, worker.id(), "note", BY));
    calls.put("Workers.protect", () -> workers().protect(org, worker.id(), clock.now(), BY));
    calls.put("Workers.deregister", () -> workers().deregister(ref(), null));
  }

  private WorkerRef ref() {
    return new WorkerRef(org, worker.id(), null);
  }

  private void sessionsCalls() {
    calls.put("Sessions.claim", () -> sessions().claim(org, "b", ref()));
    calls.put("Sessions.touch", () -> sessions().touch(org, "a", worker.holder()));
    calls.put(
        "Sessions.refresh",
        () -> sessions().refresh(org, "a", worker.holder(), RefreshRequest.PLAIN));
    calls.put("Sessions.nack", () -> sessions().nack(org, "a", worker.holder(), null, true));
    calls.put("Sessions.giveBack", () -> sessions().giveBack(org, worker.id(), Map.of("a", 1L)));
    calls.put("Sessions.transfer", () -> sessions().transfer(org, "a", other.id(), ref(), true));
    calls.put(
        "Sessions.stop",
        () -> sessions().stop(org, "a", new StopMessage("enough", null, null), Place.ANY, BY));
    calls.put("Sessions.requeue", () -> sessions().requeue(org, "dead", Place.ANY, BY));
  }

  private void reports() {
    StatusReport completed = new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1);
    calls.put("Sessions.report", () -> sessions().report(org, "a", worker.holder(), completed));
    calls.put(
        "Sessions.addActivity",
        () -> sessions().addActivity(org, "a", worker.holder(), new NewActivity("x", "y")));
    NewMessage message = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null);
    calls.put("Inboxes.send", () -> inboxes().send(org, "a", message, BY));
    calls.put("Inboxes.ack", () -> inboxes().ack(org, "a", unread(), Lane.NORMAL, null));
  }

  private String unread() {
    return queue().counts(org).claimed() > 0
        ? inboxes().list(org, "a").stream().map(Message::id).findFirst().orElseThrow()
        : "none";
  }

  private void operators(String keyId) {
    calls.put("Queues.pause", () -> queues().pause(org, "web", 0, BY));
    calls.put("Queues.resume", () -> queues().resume(org, "web", BY));
    calls.put("Queues.limit", () -> queues().limit(org, "web", new QueueLimits(1, null), BY));
    calls.put("Audit.add", () -> audit().add(org, BY, "look", "a", ""));
    calls.put(
        "StopOrders.add", () -> stopOrders().add(org, new NewStopOrder("s", null, List.of()), BY));
    List<SeenFinding> seen = List.of(new SeenFinding("dead", "", "", "1 dead letter"));
    calls.put("Findings.observe", () -> findings().observe(org, seen, 60_000, true));
    calls.put("Findings.acknowledge", () -> findings().acknowledge(org, "dead", BY));
    calls.put("Findings.mute", () -> findings().mute(org, "dead", 0, BY));
    calls.put("Findings.takeNotices", () -> findings().takeNotices(org, List.of(), 1));
    Key key = new Key("new", org, Key.Type.USER, "", Set.of(), List.of());
    calls.put("Credentials.addKey", () -> credentials().addKey(newHash(), key));
    calls.put("Credentials.mintKey", () -> credentials().mintKey(newHash(), key));
    calls.put("Credentials.revoke", () -> credentials().revoke(org, keyId));
    calls.put("Upkeep.setTime", () -> upkeep().setTime(org, BY));
  }
}
