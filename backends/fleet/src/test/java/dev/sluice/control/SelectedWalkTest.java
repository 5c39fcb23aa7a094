package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.control.SelectedResult.Item;
import dev.sluice.control.SelectedResult.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Items change between their selection and the act. */
class SelectedWalkTest {

  private static final String ORG = "org";
  private static final Actor ACTOR = new Actor(ORG, "key", "why");

  private final MovableClock storeClock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, storeClock);
  private final FleetControl control =
      new FleetControl(
          backend, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> "stp_1", (org, worker) -> {});

  @BeforeEach
  void oneOfEach() {
    enqueue("running", "p", 0);
    enqueue("stopping", "p", 0);
    enqueue("ended", "p", 0);
    register("w");
    poll("w", 3);
    backend.sessions().stop(ORG, "stopping", ACTOR.stopMessage(), Place.ANY, ACTOR.note());
    enqueue("late", "p", storeClock.now() + 1);
    storeClock.jump(Duration.ofMillis(2));
    backend.upkeep().sweepStep(ORG);
    enqueue("waiting", "p", 0);
    enqueue("other", "q", 0);
    backend.sessions().stop(ORG, "other", ACTOR.stopMessage(), Place.ANY, ACTOR.note());
    backend
        .sessions()
        .report(
            ORG,
            "ended",
            new Holder("w", null, 0),
            new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1));
  }

  private static final List<String> ALL =
      List.of("running", "stopping", "ended", "late", "waiting", "none");

  @Test
  void everyVerbActsOnWhatItIsForAndTellsWhereTheRestIs() {
    assertThat(outcomes(SelectedVerb.STOP))
        .containsExactly("done", "stopping", "ended", "dead", "waiting", "unknown");
    assertThat(outcomes(SelectedVerb.CANCEL))
        .containsExactly("stopping", "stopping", "ended", "dead", "done", "unknown");
    assertThat(outcomes(SelectedVerb.REQUEUE))
        .containsExactly("stopping", "stopping", "ended", "done", "ended", "unknown");
    assertThat(outcomes(SelectedVerb.REPRIORITISE))
        .containsExactly("stopping", "stopping", "ended", "done", "ended", "unknown");
    assertThat(outcomes(SelectedVerb.SEND))
        .containsExactly("stopping", "stopping", "ended", "done", "ended", "unknown");
    assertThat(outcomes(SelectedVerb.DISCARD))
        .containsExactly("stopping", "stopping", "ended", "waiting", "ended", "unknown");
    assertThat(session("running").state().terminal()).isTrue();
    assertThat(session("waiting").place()).isEqualTo(Place.ENDED);
    assertThat(session("late").priority()).isEqualTo(7);
    assertThat(backend.inboxes().list(ORG, "late")).hasSize(1);
  }

  @Test
  void aDryRunSaysTheSameAndChangesNothing() {
    for (SelectedVerb verb : SelectedVerb.values()) {
      List<Session> before = sessions();
      SelectedResult dry = control.selected(ACTOR, order(verb, ALL, true, 0), project -> true);
      assertThat(dry.done()).as("%s", verb).isPositive();
      assertThat(sessions()).as("%s", verb).isEqualTo(before);
    }
    assertThat(audit()).noneMatch(line -> line.verb().equals("bulk"));
  }

  @Test
  void oneLineIsForAllAndOneForEach() {
    control.selected(
        ACTOR, order(SelectedVerb.REPRIORITISE, List.of("waiting", "none"), false, 0), p -> true);

    List<AuditLine> lines = audit();
    assertThat(lines.get(1))
        .extracting(AuditLine::verb, AuditLine::object, AuditLine::detail, AuditLine::reason)
        .containsExactly("bulk", "reprioritise", "2 items", "why");
    assertThat(lines.get(0))
        .extracting(AuditLine::verb, AuditLine::object, AuditLine::reason)
        .containsExactly("reprioritise", "waiting", "why");
  }

  @Test
  void stoppedSessionsHaveAnOrderWithTheirClaims() {
    long token = session("running").token();
    SelectedResult result =
        control.selected(ACTOR, order(SelectedVerb.STOP, ALL, false, 0), project -> true);

    assertThat(result.stopId()).isEqualTo("stp_1");
    assertThat(backend.stopOrders().find(ORG, "stp_1").targets())
        .containsExactly(new StopTarget("running", token));
    assertThat(backend.stopOrders().find(ORG, "stp_1").project()).isEqualTo("p");
    assertThat(audit().get(0).reason()).isEqualTo("stop-many stp_1");
    assertThat(
            control
                .selected(ACTOR, order(SelectedVerb.STOP, ALL, false, 0), project -> true)
                .stopId())
        .as("nothing left to stop")
        .isNull();
  }

  @Test
  void aClaimSinceTheSelectionIsLeftAlone() {
    StopTarget seen = new StopTarget("running", session("running").token());
    backend.sessions().requeue(ORG, "running", Set.of(Place.CLAIMED), ACTOR.note());
    register("w2");
    poll("w2", 5);
    assertThat(session("running").owner()).isEqualTo("w2");

    for (SelectedVerb verb : List.of(SelectedVerb.STOP, SelectedVerb.RETURN)) {
      SelectedResult result =
          control.selected(
              ACTOR, new SelectedOrder(verb, List.of(seen), 0, null, false, 0), project -> true);
      assertThat(result.items()).containsExactly(new Item("running", Outcome.CLAIMED, 3));
    }
    assertThat(session("running").owner()).isEqualTo("w2");
  }

  @Test
  void anotherProjectsItemsAreUnknown() {
    SelectedResult result =
        control.selected(ACTOR, order(SelectedVerb.CANCEL, ALL, false, 0), "q"::equals);

    assertThat(result.items()).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
    assertThat(session("waiting").place()).isEqualTo(Place.READY);
  }

  @Test
  void aCallThatTakesTooLongGoesOnAtTheNextItem() {
    List<String> ids = IntStream.range(0, 20).mapToObj(i -> "many-" + i).toList();
    ids.forEach(id -> enqueue(id, "p", 0));
    FleetControl slow = new FleetControl(backend, slowClock(), () -> "stp_1", (org, worker) -> {});
    int from = 0;
    int calls = 0;
    while (from >= 0) {
      from =
          slow.selected(ACTOR, order(SelectedVerb.CANCEL, ids, false, from), project -> true)
              .next();
      calls++;
    }
    assertThat(calls).isGreaterThan(1);
    assertThat(ids).allMatch(id -> session(id).place() == Place.ENDED);
    assertThat(audit()).filteredOn(line -> line.verb().equals("bulk")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCEL", "STOP"})
  void aFailureAfterAChangeEndsTheCallThere(SelectedVerb verb) {
    List<String> ids = List.of("a", "b", "c");
    ids.forEach(id -> enqueue(id, "p", 0));
    if (verb == SelectedVerb.STOP) {
      register("w2");
      poll("w2", 9);
    }
    Runnable away =
        () -> {
          throw new BackendUnavailableException("away", true, new IllegalStateException());
        };
    SelectedResult first = beforeTheSecondStop(away, order(verb, ids, false, 0));
    SelectedResult second = beforeTheSecondStop(this::close, order(verb, ids, false, first.next()));

    assertThat(first.items()).containsExactly(new Item("a", Outcome.DONE, 3));
    assertThat(first.next()).isEqualTo(1);
    assertThat(first.stopId()).isEqualTo(verb == SelectedVerb.STOP ? "stp_1" : null);
    assertThat(second.items()).containsExactly(new Item("b", Outcome.DONE, 3));
    assertThat(second.next()).isEqualTo(2);
    assertThatThrownBy(() -> control.selected(ACTOR, order(verb, ids, false, 2), project -> true))
        .as("before a change")
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CLOSED));
    assertThat(ids)
        .extracting(id -> session(id).state().terminal())
        .containsExactly(true, true, false);
  }

  @Test
  void tenThousandAreTheMost() {
    List<StopTarget> many =
        IntStream.rangeClosed(0, SelectedOrder.MOST)
            .mapToObj(i -> new StopTarget("s" + i, 0))
            .toList();
    assertThatThrownBy(() -> new SelectedOrder(SelectedVerb.STOP, many, 0, null, true, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void close() {
    backend.transfers().close(ORG, OrgCopy.closure(Closure.Purpose.MOVE), null);
  }

  private SelectedResult beforeTheSecondStop(Runnable happens, SelectedOrder order) {
    AtomicInteger stops = new AtomicInteger();
    Sessions sessions =
        wrapped(
            Sessions.class,
            backend.sessions(),
            (method, answer) -> {
              if (method.equals("stop") && stops.incrementAndGet() == 2) {
                happens.run();
              }
              return answer.call();
            });
    QueueBackend failing =
        wrapped(
            QueueBackend.class,
            backend,
            (method, answer) -> method.equals("sessions") ? sessions : answer.call());
    return new FleetControl(
            failing,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            () -> "stp_" + (order.from() + 1),
            (org, worker) -> {})
        .selected(ACTOR, order, project -> true);
  }

  private interface Around {
    Object call(String method, Callable<Object> answer) throws Exception;
  }

  private static <T> T wrapped(Class<T> type, T real, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return around.call(method.getName(), () -> method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private List<String> outcomes(SelectedVerb verb) {
    return control.selected(ACTOR, order(verb, ALL, false, 0), project -> true).items().stream()
        .map(item -> item.outcome().wire())
        .toList();
  }

  private static SelectedOrder order(
      SelectedVerb verb, List<String> ids, boolean dryRun, int from) {
    @Nullable NewMessage message =
        verb == SelectedVerb.SEND
            ? new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null)
            : null;
    return new SelectedOrder(
        verb, ids.stream().map(id -> new StopTarget(id, 0)).toList(), 7, message, dryRun, from);
  }

  private List<Session> sessions() {
    return Stream.of("running", "stopping", "ended", "late", "waiting").map(this::session).toList();
  }

  private Session session(String id) {
    return backend.sessions().find(ORG, id);
  }

  private List<AuditLine> audit() {
    return backend.audit().list(ORG, null, 100).items();
  }

  private void enqueue(String id, String project, long deadline) {
    backend
        .work()
        .enqueue(
            ORG, List.of(new NewWork(id, id, id, project, List.of(), 3, 1, 0, deadline, id, "{}")));
  }

  private void register(String worker) {
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                worker, "key", Dialect.STANDARD, "h", 9, Projects.ALL, List.of(), false, "{}"));
  }

  private void poll(String worker, int max) {
    backend.workers().poll(new PollRequest(new WorkerRef(ORG, worker, null), worker, max));
  }

  /** A second later at each look. */
  private static Clock slowClock() {
    AtomicLong now = new AtomicLong();
    InstantSource source = () -> Instant.ofEpochMilli(now.addAndGet(1_000));
    return source.withZone(ZoneOffset.UTC);
  }
}
