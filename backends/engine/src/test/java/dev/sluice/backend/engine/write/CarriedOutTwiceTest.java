package dev.sluice.backend.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.engine.write.BatchOperations.AddJobs;
import dev.sluice.backend.engine.write.ReportOperations.AddActivity;
import dev.sluice.backend.engine.write.ReportOperations.Refresh;
import dev.sluice.backend.engine.write.ReportOperations.Report;
import dev.sluice.backend.engine.write.StopOperations.AddStopOrder;
import dev.sluice.backend.engine.write.StopOperations.Stop;
import dev.sluice.backend.engine.write.WorkerOperations.Deregister;
import dev.sluice.backend.engine.write.WorkerOperations.NoteHeartbeat;
import dev.sluice.backend.engine.write.WorkerOperations.Register;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Hazelcast carries a call out again if the member that did it leaves before its answer. The second
 * time has the answer of the first, and no effect.
 */
class CarriedOutTwiceTest {

  private static final AuditNote BY = new AuditNote("ann", "why");
  private static final Holder HOLDER = new Holder("w", null, 0);

  private final OrgState state = new OrgState();
  private long nowMs = 1_000_000;
  private long calls;

  @Test
  void workIsNoDuplicateOfItself() {
    Enqueue enqueue = enqueue("a", 1);

    assertThat(((Enqueue.Answer) twice(enqueue)).results())
        .extracting(Enqueued::duplicate)
        .containsExactly(false);
    assertThat(((Enqueue.Answer) once(enqueue("a", 2))).results())
        .extracting(Enqueued::duplicate)
        .containsExactly(true);
  }

  @Test
  void aJobIsNoDuplicateOfItself() {
    AddJobs.Job job = new AddJobs.Job("j", "hash", 1, 10);

    AddJobs.Answer answer = (AddJobs.Answer) twice(new AddJobs(List.of(job), nowMs));

    assertThat(answer.results()).extracting(BatchAdded::duplicate).containsExactly(false);
  }

  @Test
  void aMessageIsSentOnceAndKeepsItsText() {
    once(enqueue("a", 1));
    Idempotency key = new Idempotency("key", 0, "body");

    InboxOperations.Send.Answer first = (InboxOperations.Send.Answer) twice(send(7, key));
    InboxOperations.Send.Answer repeated = (InboxOperations.Send.Answer) once(send(8, key));

    assertThat(first.replayed()).isFalse();
    assertThat(repeated.replayed()).as("its text is not used").isTrue();
    assertThat(state.inbox("a").all()).hasSize(1);
  }

  @Test
  void aStopKeepsTheTextThatItsMessageNames() {
    claim("a");

    OrgReply reply = twiceReplied(new Stop("a", "u", null, text(77), Place.ANY, BY));

    assertThat(reply.garbage()).isEmpty();
    assertThat(state.inbox("a").stop().text()).isEqualTo(77);
  }

  @Test
  void aStopOrderIsNotTakenByItself() {
    AddStopOrder add = new AddStopOrder(new NewStopOrder("all", null, List.of()), BY);

    assertThat(twiceReplied(add).refused()).isNull();
    assertThat(replied(add).refused().refusal()).isEqualTo(Refusal.CONFLICT);
  }

  @Test
  void aRefreshTellsOfAStopAndDoesNotReleaseTheSession() {
    claim("a");
    once(new Stop("a", "u", null, text(77), Place.ANY, BY));

    twice(new Refresh("a", HOLDER, RefreshRequest.PLAIN));
    assertThat(session("a").place()).isEqualTo(Place.CLAIMED);

    once(new Refresh("a", HOLDER, RefreshRequest.PLAIN));
    assertThat(session("a").place()).isEqualTo(Place.ENDED);
  }

  @Test
  void noTwoActivitiesNameOneText() {
    claim("a");

    twice(new AddActivity("a", HOLDER, 9, nowMs, "tool", new TreeMap<>(), 10));

    assertThat(state.activities("a").lines()).extracting(ActivityRecord::text).containsExactly(9L);
  }

  @Test
  void aRequeueIsNotRefusedBecauseItWasDone() {
    claim("a");

    assertThat(twiceReplied(new OrderOperations.Requeue("a", Set.of(Place.CLAIMED), BY)).refused())
        .isNull();
  }

  @Test
  void aDeregistrationIsNotRefusedBecauseItWasDone() {
    claim("a");

    Deregister.Answer answer = (Deregister.Answer) twice(new Deregister("w", null, BY));

    assertThat(answer.returned()).containsExactly("a");
  }

  @Test
  void oneHeartbeatThatCountsTooFewDoesNotCountAsTwo() {
    claim("a");
    NoteHeartbeat counted = heartbeat(new Heartbeat(0, null, null, null, null, null, true));

    twice(counted);
    assertThat(session("a").place()).isEqualTo(Place.CLAIMED);

    once(counted);
    assertThat(session("a").place()).isEqualTo(Place.READY);
  }

  @Test
  void oneHeartbeatThatListsTooFewDoesNotCountAsTwo() {
    claim("a");
    NoteHeartbeat listed = heartbeat(new Heartbeat(0, null, null, null, null, List.of(), true));

    twice(listed);
    assertThat(session("a").place()).isEqualTo(Place.CLAIMED);

    once(listed);
    assertThat(session("a").place()).isEqualTo(Place.READY);
  }

  @Test
  void aLateResultIsRefusedTwiceAndKeptOnce() {
    claim("a");
    once(register("x"));
    StatusReport end = new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1);

    OrgReply reply = twiceReplied(new Report("a", new Holder("x", null, 0), end));

    assertThat(reply.refused().refusal()).isEqualTo(Refusal.NOT_OWNER);
  }

  @Test
  void theIdOfAnotherCallIsRefused() {
    CallId id = newId(1, 0);
    replied(enqueue("a", 1), id);
    String before = StateDump.of(state);

    OrgReply other = replied(enqueue("b", 2), new CallId(id.node(), id.number(), 0, 2));

    assertThat(other.refused().refusal()).isEqualTo(Refusal.CONFLICT);
    assertThat(other.value()).isNull();
    assertThat(other.seq()).isEqualTo(state.counters().seq());
    assertThat(StateDump.of(state)).isEqualTo(before);
  }

  @Test
  void aCallThatChangedNothingMayRunAgain() {
    CallId id = newId(1, 0);
    OrgReply refused = replied(new Deregister("w", null, BY), id);
    once(register("w"));

    OrgReply again = replied(new Deregister("w", null, BY), id);

    assertThat(refused.refused().refusal()).isEqualTo(Refusal.UNKNOWN_WORKER);
    assertThat(again.refused()).isNull();
  }

  @Test
  void answersGoOnceTheNodeHasThem() {
    CallId first = new CallId("n", 1, 1, 0);
    CallId second = new CallId("n", 2, 1, 0);
    CallId third = new CallId("n", 3, 2, 0);
    replied(register("v"), first);
    replied(register("w"), second);
    assertThat(state.calls().find(first)).isNotNull();

    replied(register("x"), third);

    assertThat(state.calls().find(first)).isNull();
    assertThat(state.calls().find(second)).isNotNull();
  }

  @Test
  void answersOfNodesThatEndedGo() {
    CallId ended = new CallId("ended", 1, 1, 0);
    replied(register("v"), ended);
    nowMs += 300_001;

    replied(register("w"), newId(0, 0));

    assertThat(state.calls().find(ended)).isNull();
  }

  private void claim(String id) {
    once(register("w"));
    once(enqueue(id, 1));
    once(new Poll("w", null, "r-" + id, 1, false, false, "n", 0));
    assertThat(session(id).place()).isEqualTo(Place.CLAIMED);
    nowMs++;
  }

  private SessionRecord session(String id) {
    return (SessionRecord) state.session(id);
  }

  private static Register register(String worker) {
    return new Register(
        new Registration(
            worker, "key", Dialect.STANDARD, "host", 3, Projects.ALL, List.of(), false, "{}"));
  }

  private static NoteHeartbeat heartbeat(Heartbeat heartbeat) {
    return new NoteHeartbeat("w", null, heartbeat);
  }

  private StoredText text(long name) {
    return new StoredText(name, nowMs, "go on", 5, 5);
  }

  private InboxOperations.Send send(long text, Idempotency key) {
    return new InboxOperations.Send(
        "a", MessageType.NUDGE, Lane.NORMAL, null, null, text(text), key, BY);
  }

  private Enqueue enqueue(String id, long payload) {
    Enqueue.Item item =
        new Enqueue.Item(
            id,
            id,
            id,
            "web",
            List.of(),
            3,
            nowMs,
            "hash",
            payload,
            0,
            0,
            null,
            10,
            Subject.NONE,
            false);
    return new Enqueue(List.of(item), nowMs);
  }

  private CallId newId(int content, long answered) {
    return new CallId("n", ++calls, answered, content);
  }

  private Object once(Operation<?> operation) {
    return accepted(replied(operation));
  }

  private Object twice(Operation<?> operation) {
    return accepted(twiceReplied(operation));
  }

  private static Object accepted(OrgReply reply) {
    assertThat(reply.refused()).isNull();
    assertThat(reply.broken()).isNull();
    return reply.value();
  }

  private OrgReply replied(Operation<?> operation) {
    return replied(operation, newId(0, 0));
  }

  /** Carries a call out twice; the second time must not be seen. */
  private OrgReply twiceReplied(Operation<?> operation) {
    CallId id = newId(0, 0);
    OrgReply first = replied(operation, id);
    String before = StateDump.of(state);
    nowMs++;
    OrgReply second = replied(operation, id);
    assertThat(second).isEqualTo(first);
    assertThat(StateDump.of(state)).isEqualTo(before);
    return second;
  }

  private OrgReply replied(Operation<?> operation, CallId id) {
    Rules rules = Rules.DEFAULTS;
    WriteStep step = new WriteStep(state, rules, nowMs, List.of(), rules.bounds());
    return RepeatedCalls.run(step, operation, id);
  }
}
