package dev.sluice.backend.tck;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Calls of the contract, and the passing of time. */
public abstract class CaseVerbs extends OpenBackend {

  final Set<String> enqueued = new LinkedHashSet<>();
  final List<KitWorker> workers = new ArrayList<>();

  /** Registers at its first call. */
  protected final KitWorker worker = worker().registersItself();

  protected final KitWorker other = worker().registersItself();

  // Work and workers

  protected static RulesBuilder rules() {
    return RulesBuilder.rules();
  }

  protected static WorkBuilder work(String id) {
    return WorkBuilder.work(id);
  }

  protected static WorkBuilder[] works(String prefix, int count) {
    return WorkBuilder.works(prefix, count);
  }

  protected static WorkBuilder[] works(
      String prefix, int count, UnaryOperator<WorkBuilder> change) {
    return WorkBuilder.works(prefix, count, change);
  }

  protected static Heartbeat listing(String... cloneUrls) {
    return new Heartbeat(0, null, null).listing(KitWorker.repositories(cloneUrls));
  }

  protected static void each(WorkBuilder[] items, Consumer<String> call) {
    Stream.of(items).map(WorkBuilder::id).forEach(call);
  }

  protected Enqueued enqueue(WorkBuilder item) {
    return enqueue(new WorkBuilder[] {item}).get(0);
  }

  /** Enqueues items in one call; none may be refused. */
  protected List<Enqueued> enqueue(WorkBuilder... items) {
    List<Enqueued> results = offer(items);
    assertThat(results).allSatisfy(result -> assertThat(result.refusal()).isNull());
    return results;
  }

  /** Enqueues items in one call; some may be refused. */
  protected List<Enqueued> offer(WorkBuilder... items) {
    List<NewWork> work = Stream.of(items).map(WorkBuilder::build).toList();
    List<Enqueued> results = queue().enqueue(org, work);
    results.stream()
        .filter(result -> result.refusal() == null)
        .forEach(result -> enqueued.add(result.sessionId()));
    return results;
  }

  protected static Enqueued pending(String id, int position) {
    return new Enqueued(id, false, SessionState.PENDING, position, null);
  }

  protected static Enqueued repeated(String id, SessionState state, int position) {
    return new Enqueued(id, true, state, position, null);
  }

  /** Enqueues work that dies at once of its deadline. */
  protected void deadLetter(String id) {
    enqueue(work(id).deadline(clock.now() + 1));
    sweepAfter(MOMENT);
  }

  protected KitWorker worker() {
    KitWorker worker = workerOf(org);
    workers.add(worker);
    return worker;
  }

  protected KitWorker workerOf(String anyOrg) {
    return new KitWorker(this::backend, anyOrg);
  }

  protected KitWorker daemon() {
    return worker().speaking(Dialect.GO_DAEMON).register();
  }

  protected KitWorker snake() {
    return worker().speaking(Dialect.SNAKE_CASE).register();
  }

  protected List<KitWorker> fleet(int count) {
    return Stream.generate(() -> worker().register()).limit(count).toList();
  }

  protected List<Worker> allWorkers() {
    return workers().list(org, null, Page.MAX).items();
  }

  protected boolean revoke(String keyId) {
    return credentials().revoke(org, keyId);
  }

  protected ClaimedWork claim(String id) {
    return claim(worker, work(id));
  }

  protected ClaimedWork claim(KitWorker worker, WorkBuilder work) {
    enqueue(work);
    return worker.claim(work.id());
  }

  protected KitWorker running(String id) {
    KitWorker runner = worker().register();
    claim(runner, work(id));
    runner.start(id);
    return runner;
  }

  /** Claims items, in as many polls as it takes. */
  protected static void takeAll(KitWorker worker, int count) {
    for (int taken = 0; taken < count; ) {
      List<String> some = worker.take(Math.min(RULES.maxItemsPerPoll(), count - taken));
      assertThat(some).as("work that waits").isNotEmpty();
      taken += some.size();
    }
  }

  /** Returns the number with which a call is answered. */
  protected static long numberOf(Supplier<?> call) {
    return AnswerLog.numberOf(call);
  }

  /** Returns the number of the org's last change. */
  protected long seq() {
    return numberOf(() -> queue().counts(org));
  }

  protected ProjectQueue queueOf(String project) {
    return queues().find(org, project);
  }

  protected ProjectQueue resume(String project) {
    return queues().resume(org, project, BY);
  }

  protected ProjectQueue pause(String project, long untilMs) {
    return queues().pause(org, project, untilMs, BY);
  }

  protected ProjectQueue cap(String project, int maxConcurrent) {
    return queues().limit(org, project, new QueueLimits(maxConcurrent, null), BY);
  }

  /** Sets the budget of a UTC day, in millionths of a dollar. */
  protected ProjectQueue budget(String project, long microUsd) {
    return queues().limit(org, project, new QueueLimits(null, microUsd), BY);
  }

  protected ProjectQueue unlimit(String project) {
    return queues().limit(org, project, QueueLimits.NONE, BY);
  }

  protected Session requeue(String id) {
    return sessions().requeue(org, id, Place.ANY, BY);
  }

  protected Standing standing(String id) {
    return queue().standing(org, id);
  }

  protected Session reprioritise(String id, int priority) {
    return queue().reprioritise(org, id, priority, BY);
  }

  protected Session front(String id) {
    return queue().front(org, id, BY);
  }

  /** Kinds of the lines, oldest first. */
  protected List<Event.Kind> lines(String id) {
    return timeline(id).stream().map(Event::kind).toList();
  }

  protected List<Event> timeline(String id) {
    return sessions().timeline(org, id);
  }

  protected Session session(String id) {
    return sessions().find(org, id);
  }

  /** Returns the session as calls of its owner answer it. */
  protected Session row(String id) {
    return session(id).withoutItem();
  }

  /** Ignores the last sign of a stopped session. */
  protected static void assertUnchanged(Session now, Session before) {
    String[] heard =
        before.state() == SessionState.STOPPED ? new String[] {"claim.lastSignMs"} : new String[0];
    assertThat(now).usingRecursiveComparison().ignoringFields(heard).isEqualTo(before);
  }

  protected SessionAssert assertSession(String id) {
    return new SessionAssert(session(id));
  }

  protected Counts counts() {
    return queue().counts(org);
  }

  protected void assertCounts(
      long ready, long parked, long later, long returned, long claimed, long dead) {
    assertThat(counts()).isEqualTo(new Counts(ready, parked, later, returned, claimed, dead));
  }

  protected void damage(String id) {
    store().damage(org, id);
  }

  protected List<String> leftovers() {
    return store().leftovers(org);
  }

  protected void assertNothingLeft() {
    assertThat(leftovers()).isEmpty();
  }

  protected StopResult stop(String id) {
    StopMessage order = new StopMessage("enough", "usr-1", "An operator");
    return sessions().stop(org, id, order, Place.ANY, BY);
  }

  /** Latest first. */
  protected List<AuditLine> auditLines() {
    return audit().list(org, null, Page.MAX).items();
  }

  // Messages

  protected Message send(String id, MessageType type, String payload) {
    return send(id, type, type.lane(), payload);
  }

  protected Message send(String id, MessageType type, Lane lane, String payload) {
    NewMessage message = new NewMessage(type, lane, payload, null, null);
    return inboxes().send(org, id, message, BY).message();
  }

  /** Unacknowledged or archived messages, without the times of their offers. */
  protected List<Message> inbox(String id) {
    return inboxes().list(org, id).stream().map(KitWorker::asSent).toList();
  }

  /** Acknowledges for a caller with the whole org. */
  protected boolean ackForOrg(Message message) {
    return inboxes().ack(org, message.sessionId(), message.id(), message.lane(), null).known();
  }

  // Jobs

  protected static NewBatchJob job(String id) {
    return new NewBatchJob(id, "content of " + id, "{\"batchJobId\":\"" + id + "\"}");
  }

  protected void add(String... ids) {
    List<BatchAdded> results = batch().add(org, Stream.of(ids).map(Fixture::job).toList());
    assertThat(results).allSatisfy(result -> assertThat(result.refusal()).isNull());
  }

  protected BatchJob.State jobState(String id) {
    return foundJob(id).state();
  }

  protected BatchJob foundJob(String id) {
    return batch().find(org, id);
  }

  protected KitWorker scanner() {
    return worker().can(BatchLane.CAPABILITY);
  }

  // Time

  /** Passes time in steps below a tenth of the lease, with a sweep after each. */
  protected void pass(Duration time) {
    long left = time.toMillis();
    long step = RULES.leaseMs() / 12;
    sweep();
    while (left > 0) {
      clock.jump(Duration.ofMillis(Math.min(step, left)));
      left -= step;
      sweep();
    }
  }

  /** Passes time; these workers beat every 30 s and at the end. */
  protected void passBeating(Duration time, KitWorker... beating) {
    long left = time.toMillis();
    long step = 30_000;
    while (left > 0) {
      pass(Duration.ofMillis(Math.min(step, left)));
      left -= step;
      Stream.of(beating).forEach(KitWorker::beat);
    }
  }

  protected Duration untilMidnight() {
    Instant now = Instant.ofEpochMilli(clock.now());
    return Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS));
  }

  /** Sweeps; nothing counts as a no-show before the first sweep. */
  protected void sweepOnce() {
    sweepStep();
    jump(MOMENT);
  }

  /** Passes time without a sweep: an outage, if long enough. */
  protected void jump(Duration time) {
    clock.jump(time);
  }

  protected void sweepAfter(Duration time) {
    jump(time);
    sweep();
  }

  protected SweepResult sweep() {
    return upkeep().sweep();
  }

  protected SweepResult sweepStep() {
    return upkeep().sweepStep(org);
  }
}
