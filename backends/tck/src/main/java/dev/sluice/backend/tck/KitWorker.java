package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker of the cases, set up before {@link #register}. */
public final class KitWorker {

  private Supplier<QueueBackend> store;
  private final String org;
  private String id = "wkr-" + UUID.randomUUID();
  private String registeredBy = "key-of-the-kit";
  private Dialect dialect = Dialect.STANDARD;
  private int capacity = 10;
  private Projects projects = Projects.ALL;
  private List<String> capabilities = List.of();
  private List<String> repositories = List.of();
  private boolean draining;
  private @Nullable String machineId;

  /** Credential of its calls; null if they prove to come from the worker. */
  private @Nullable String callsBy;

  /** Claim named by its calls; 0 for none. */
  private long token;

  private @Nullable String names;
  private boolean registersItself;

  public KitWorker(Supplier<QueueBackend> store, String org) {
    this.store = store;
    this.org = org;
  }

  /** Registers at its first call, unless the case has. */
  KitWorker registersItself() {
    registersItself = true;
    return this;
  }

  private synchronized QueueBackend backend() {
    if (registersItself) {
      register();
    }
    return store.get();
  }

  /** Calls this node from now on. */
  public KitWorker through(QueueBackend node) {
    store = () -> node;
    return this;
  }

  public KitWorker named(String workerId) {
    id = workerId;
    return this;
  }

  public KitWorker registeredBy(String keyId) {
    registeredBy = keyId;
    return this;
  }

  public KitWorker speaking(Dialect language) {
    dialect = language;
    return this;
  }

  public KitWorker capacity(int slots) {
    capacity = slots;
    return this;
  }

  public KitWorker projects(String... names) {
    return taking(Projects.of(List.of(names)));
  }

  public KitWorker taking(Projects these) {
    projects = these;
    return this;
  }

  public KitWorker can(String... what) {
    capabilities = List.of(what);
    return this;
  }

  public KitWorker lists(String... cloneUrls) {
    repositories = repositories(cloneUrls);
    return this;
  }

  static List<String> repositories(String... cloneUrls) {
    return Stream.of(cloneUrls).map(Repositories::of).map(Objects::requireNonNull).toList();
  }

  public KitWorker draining() {
    draining = true;
    return this;
  }

  public KitWorker on(String machine) {
    machineId = machine;
    return this;
  }

  public KitWorker register() {
    registersItself = false;
    backend().workers().register(org, registration());
    return this;
  }

  public Registration registration() {
    return new Registration(
        id,
        registeredBy,
        dialect,
        "host of " + id,
        capacity,
        projects,
        capabilities,
        draining,
        machineId,
        "{\"version\":\"1.0.0\"}",
        repositories);
  }

  public KitWorker by(String keyId) {
    return calling(keyId, token);
  }

  public KitWorker withToken(long claim) {
    return calling(callsBy, claim);
  }

  /** Its calls name a worker of before. */
  public KitWorker naming(KitWorker before) {
    KitWorker caller = calling(callsBy, token);
    caller.names = before.id();
    return caller;
  }

  private KitWorker calling(@Nullable String keyId, long claim) {
    KitWorker caller = new KitWorker(this::backend, org).named(id).registeredBy(registeredBy);
    caller.callsBy = keyId;
    caller.token = claim;
    return caller;
  }

  public String id() {
    return id;
  }

  public WorkerRef ref() {
    backend();
    return new WorkerRef(org, id, callsBy);
  }

  public Holder holder() {
    return new Holder(id, callsBy, token, names);
  }

  public PollResult poll(int max) {
    return poll(UUID.randomUUID().toString(), max);
  }

  public PollResult poll(String requestId, int max) {
    PollResult polled = backend().workers().poll(new PollRequest(ref(), requestId, max));
    return new PollResult(
        polled.work(),
        polled.messages().stream().map(KitWorker::asSent).toList(),
        polled.batch(),
        polled.dialect(),
        polled.capabilities(),
        polled.repositories(),
        polled.takes(),
        polled.freeSlots(),
        polled.more());
  }

  /** Drops the time of its offer. */
  public static Message asSent(Message message) {
    return message.offered(0);
  }

  public List<BatchOffer> pollJobs() {
    return pollJobs(UUID.randomUUID().toString());
  }

  public List<BatchOffer> pollJobs(String requestId) {
    return pollAll(requestId, 0).batch();
  }

  /** Asks for jobs too, and keeps the times of the offers. */
  public PollResult pollAll(String requestId, int max) {
    return backend().workers().poll(new PollRequest(ref(), requestId, max, true));
  }

  public List<String> takeJobs() {
    return pollJobs().stream().map(BatchOffer::jobId).toList();
  }

  /** Returns sessions in the order of hand-out. */
  public List<String> take(int max) {
    return poll(max).work().stream().map(ClaimedWork::sessionId).toList();
  }

  public ClaimedWork claim(String sessionId) {
    List<ClaimedWork> work = poll(1).work();
    assertThat(work).extracting(ClaimedWork::sessionId).containsExactly(sessionId);
    return work.get(0);
  }

  public List<Message> read() {
    return poll(0).messages();
  }

  public List<String> readPayloads() {
    return read().stream().map(Message::payload).toList();
  }

  public StatusResult start(String sessionId) {
    return report(sessionId, SessionState.RUNNING);
  }

  public StatusResult complete(String sessionId) {
    return report(sessionId, SessionState.COMPLETED);
  }

  public StatusResult fail(String sessionId) {
    return report(sessionId, SessionState.FAILED);
  }

  public StatusResult report(String sessionId, SessionState state) {
    return report(sessionId, state, Map.of());
  }

  public StatusResult report(String sessionId, SessionState state, Map<String, String> fields) {
    return report(sessionId, state, fields, -1);
  }

  /** Reports the cost so far, in millionths of a dollar. */
  public StatusResult report(String sessionId, SessionState state, long costMicroUsd) {
    return report(sessionId, state, Map.of(), costMicroUsd);
  }

  public StatusResult report(
      String sessionId, SessionState state, Map<String, String> fields, long costMicroUsd) {
    return report(sessionId, new StatusReport(state, new TreeMap<>(fields), costMicroUsd));
  }

  public StatusResult report(String sessionId, StatusReport report) {
    return backend().sessions().report(org, sessionId, holder(), report);
  }

  public ClaimResult claimByName(String sessionId) {
    return backend().sessions().claim(org, sessionId, ref());
  }

  public Session touch(String sessionId) {
    return backend().sessions().touch(org, sessionId, holder());
  }

  public LockState refresh(String sessionId) {
    return refresh(sessionId, RefreshRequest.PLAIN);
  }

  public LockState refreshAcking(String sessionId, String messageId) {
    return refresh(sessionId, new RefreshRequest(false, messageId));
  }

  public LockState refresh(String sessionId, RefreshRequest request) {
    LockState state = refreshAsAnswered(sessionId, request);
    Message inject = state.inject();
    return new LockState(state.stop(), state.session(), inject == null ? null : asSent(inject));
  }

  /** Keeps the time of the offer. */
  public LockState refreshAsAnswered(String sessionId, RefreshRequest request) {
    return backend().sessions().refresh(org, sessionId, holder(), request);
  }

  /** Refreshes; returns the injected payload, or null. */
  public @Nullable String inject(String sessionId) {
    Message inject = refresh(sessionId).inject();
    return inject == null ? null : inject.payload();
  }

  public Activity tell(String sessionId, String type, String body) {
    return tell(sessionId, new NewActivity(type, body)).activity();
  }

  public ActivityResult tell(String sessionId, NewActivity activity) {
    return backend().sessions().addActivity(org, sessionId, holder(), activity);
  }

  public Session use(String sessionId, String toolName) {
    NewActivity activity = new NewActivity("action", "{}", toolName, new TreeMap<>());
    return tell(sessionId, activity).session();
  }

  public Session takeOver(String sessionId, KitWorker old) {
    return backend().sessions().transfer(org, sessionId, old.id(), ref(), true);
  }

  public boolean nack(String sessionId) {
    return nack(sessionId, null);
  }

  public boolean deny(String sessionId, @Nullable String reason) {
    return backend().sessions().nack(org, sessionId, holder(), NackReason.of(reason), true);
  }

  public boolean nack(String sessionId, @Nullable String reason) {
    return backend().sessions().nack(org, sessionId, holder(), NackReason.of(reason));
  }

  /** Gives back an unwritten answer's claims; returns the requeued sessions. */
  public List<String> giveBack(ClaimedWork... claims) {
    Map<String, Long> tokens =
        Stream.of(claims).collect(Collectors.toMap(ClaimedWork::sessionId, ClaimedWork::token));
    return backend().sessions().giveBack(org, id, tokens);
  }

  public boolean ack(Message message) {
    return backend()
        .inboxes()
        .ack(org, message.sessionId(), message.id(), message.lane(), holder())
        .known();
  }

  /** Returns the number of waiting items. */
  public long beat() {
    return beat(0, null, null);
  }

  public long beat(int activeCount, @Nullable Integer newCapacity, @Nullable Boolean drain) {
    return beat(new Heartbeat(activeCount, newCapacity, drain));
  }

  public long beat(Heartbeat heartbeat) {
    return backend().workers().heartbeat(ref(), heartbeat).waiting();
  }

  public Map<String, HeartbeatResult.Verdict> list(String... sessions) {
    Heartbeat heartbeat = Heartbeat.holding(List.of(sessions));
    return backend().workers().heartbeat(ref(), heartbeat).held();
  }

  /** It takes these projects from now on. */
  public void admit(Projects these) {
    beat(new Heartbeat(0, null, null, these, null, null, false));
  }

  /** Reports sessions that take slots without a claim. */
  public void quarantine(int sessions) {
    beat(new Heartbeat(0, null, null, null, sessions, null, false));
  }

  public void count(int sessions) {
    beat(new Heartbeat(sessions, null, null, null, null, null, true));
  }

  public Worker drain() {
    return backend().workers().drain(org, id, true, Fixture.BY);
  }

  public Worker undrain() {
    return backend().workers().drain(org, id, false, Fixture.BY);
  }

  boolean isRegistered() {
    return !registersItself;
  }

  public Worker record() {
    return backend().workers().find(ref());
  }

  public List<String> activeSessions() {
    return record().activeSessions();
  }

  public List<String> deregister() {
    return backend().workers().deregister(ref(), null);
  }
}
