package dev.sluice.backend.engine.state;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.findings.FindingOperations.AcknowledgeFinding;
import dev.sluice.backend.engine.findings.FindingOperations.MuteFinding;
import dev.sluice.backend.engine.findings.FindingOperations.TakeNotices;
import dev.sluice.backend.engine.findings.ObserveFindings;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.UpkeepReads.ReadOutbox;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.write.BatchOperations.AddJobs;
import dev.sluice.backend.engine.write.BatchOperations.FailJob;
import dev.sluice.backend.engine.write.ClaimOperations.ClaimByName;
import dev.sluice.backend.engine.write.ClaimOperations.FailMissing;
import dev.sluice.backend.engine.write.ClaimOperations.GiveBack;
import dev.sluice.backend.engine.write.ClaimOperations.Nack;
import dev.sluice.backend.engine.write.ClaimOperations.Transfer;
import dev.sluice.backend.engine.write.Enqueue;
import dev.sluice.backend.engine.write.InboxOperations.Ack;
import dev.sluice.backend.engine.write.InboxOperations.Send;
import dev.sluice.backend.engine.write.OrderOperations.Front;
import dev.sluice.backend.engine.write.OrderOperations.Reprioritise;
import dev.sluice.backend.engine.write.OrderOperations.Requeue;
import dev.sluice.backend.engine.write.Poll;
import dev.sluice.backend.engine.write.QueueOperations.LimitQueue;
import dev.sluice.backend.engine.write.QueueOperations.PauseQueue;
import dev.sluice.backend.engine.write.QueueOperations.ResumeQueue;
import dev.sluice.backend.engine.write.ReportOperations.AddActivity;
import dev.sluice.backend.engine.write.ReportOperations.Refresh;
import dev.sluice.backend.engine.write.ReportOperations.Report;
import dev.sluice.backend.engine.write.ReportOperations.Touch;
import dev.sluice.backend.engine.write.StopOperations.AddAudit;
import dev.sluice.backend.engine.write.StopOperations.AddStopOrder;
import dev.sluice.backend.engine.write.StopOperations.Stop;
import dev.sluice.backend.engine.write.Sweep;
import dev.sluice.backend.engine.write.UpkeepOperations.MoveOut;
import dev.sluice.backend.engine.write.UpkeepOperations.NoteWritten;
import dev.sluice.backend.engine.write.WorkerOperations.Deregister;
import dev.sluice.backend.engine.write.WorkerOperations.Drain;
import dev.sluice.backend.engine.write.WorkerOperations.NoteHeartbeat;
import dev.sluice.backend.engine.write.WorkerOperations.NoteRevoked;
import dev.sluice.backend.engine.write.WorkerOperations.Protect;
import dev.sluice.backend.engine.write.WorkerOperations.Register;
import dev.sluice.backend.engine.write.WorkerOperations.SetNote;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random operations that often meet: few sessions, few workers, long steps in time. */
public final class RandomOperations {

  private static final List<List<String>> CAPABILITIES =
      List.of(List.of(), List.of(), List.of("gpu"), List.of("gpu", "linux"));

  private static final AuditNote BY = new AuditNote("actor", "reason");

  private final Random random;
  private final int sessions;
  private long nowMs = 1_700_000_000_000L;
  private final Map<OrgReply.Needed, FinalRecord> written = new HashMap<>();
  private long messages;

  /**
   * @param sessions number of different session ids
   */
  public RandomOperations(long seed, int sessions) {
    random = new Random(seed);
    this.sessions = sessions;
  }

  public long nowMs() {
    return nowMs;
  }

  /** Rules with small limits, so that tests meet them. */
  public static Rules rules() {
    Rules rules = Rules.DEFAULTS;
    return new Rules(
        rules.leaseMs(),
        rules.acceptMs(),
        rules.acceptGoDaemonMs(),
        rules.stopGraceMs(),
        rules.visibilityMs(),
        rules.nackBackoffMs(),
        rules.maxItemsPerPoll(),
        rules.messagesPerRead(),
        rules.normalShare(),
        5,
        2,
        3,
        2,
        20,
        40,
        10,
        rules.upgradeMs(),
        new Rules.Tries(2, 2, 2, 2, 100_000, 400_000),
        new Rules.Kept(
            500_000, 10, 800_000, 600_000, 700_000, 3, 6, 300_000, 20, 400_000, 200_000, 30),
        new Rules.Bounds(60_000, 6, 3, 4, 10, 0));
  }

  public Operation<?> next() {
    nowMs += random.nextInt(100) < 97 ? random.nextInt(3_000) : random.nextInt(400_000);
    String worker = "worker-" + random.nextInt(8);
    Holder holder = new Holder(worker, null, 0);
    return switch (random.nextInt(34)) {
      case 0, 1, 2 -> enqueue();
      case 3 -> register(worker);
      case 4 ->
          new NoteHeartbeat(worker, null, new dev.sluice.backend.workers.Heartbeat(9, null, null));
      case 5, 6, 7, 8 -> poll(worker);
      case 9 -> new Nack(session(), holder, "why", random.nextInt(8) == 0);
      case 10, 11 -> new Report(session(), holder, report());
      case 12 ->
          new Stop(session(), "user", null, new StoredText(0, nowMs, "", 200, 0), Place.ANY, BY);
      case 13 -> send();
      case 14 ->
          random.nextInt(5) == 0
              ? new Deregister(worker, null, random.nextBoolean() ? BY : null)
              : new Ack(session(), nowMs + "-1", lane(), null);
      case 15 -> new ClaimByName(session(), worker, null);
      case 16 -> new Touch(session(), holder);
      case 17 -> new Refresh(session(), holder, refresh());
      case 18 ->
          new AddActivity(
              session(),
              holder,
              ++messages,
              nowMs,
              random.nextBoolean() ? null : "tool-" + random.nextInt(3),
              fields(),
              201);
      case 19 -> new Requeue(session(), Place.ANY, BY);
      case 20 -> new Front(session(), BY);
      case 21 -> new Reprioritise(session(), 1 + random.nextInt(9), BY);
      case 22 ->
          new Transfer(
              session(), "worker-" + random.nextInt(8), worker, null, random.nextBoolean());
      case 23 -> pause();
      case 24 -> new LimitQueue("project-" + random.nextInt(3), limits(), BY);
      case 25 ->
          switch (random.nextInt(3)) {
            case 0 -> new Drain(worker, random.nextInt(4) == 0, BY);
            case 1 -> new SetNote(worker, random.nextBoolean() ? "" : "note " + nowMs, BY);
            default -> new Protect(worker, random.nextBoolean() ? 0 : nowMs, BY);
          };
      case 26 ->
          random.nextInt(3) == 0
              ? new MoveOut(10_000, 2, true)
              : random.nextInt(20) == 0
                  ? new NoteRevoked("key-" + random.nextInt(9))
                  : new Sweep("node-1", true);
      case 27 -> addJobs();
      case 28 -> failure();
      case 29 -> new AddAudit(BY, new AuditAct("look", session(), ""));
      case 30 -> new GiveBack(worker, List.of(new Liveness.ClaimRef(session(), nowMs * 1024)));
      case 31 -> addStopOrder();
      case 32 -> onFindings();
      default -> new Sweep("node-1", true);
    };
  }

  private Poll poll(String worker) {
    String request = "request-" + random.nextInt(1_000);
    return new Poll(
        worker, null, request, 3, random.nextBoolean(), random.nextInt(20) == 0, "node-1", 0);
  }

  private AddStopOrder addStopOrder() {
    List<StopTarget> targets = List.of(new StopTarget(session(), random.nextInt(99)));
    String project = random.nextBoolean() ? null : "project-1";
    return new AddStopOrder(new NewStopOrder("run-" + random.nextInt(200), project, targets), BY);
  }

  private Operation<?> onFindings() {
    String key = "no-worker.project-" + random.nextInt(3);
    return switch (random.nextInt(5)) {
      case 0 -> new AcknowledgeFinding(key, BY);
      case 1 -> new MuteFinding(key, random.nextBoolean() ? 0 : nowMs + 500_000, BY);
      case 2 -> new TakeNotices(List.of(), random.nextInt(3));
      default -> {
        SeenFinding seen = new SeenFinding("no-worker", "project-" + random.nextInt(3), "", "why");
        yield new ObserveFindings(
            random.nextBoolean() ? List.of() : List.of(seen), 1_000, random.nextInt(9) > 0);
      }
    };
  }

  private RefreshRequest refresh() {
    String acked = random.nextBoolean() ? null : nowMs + "-" + random.nextInt(1_000);
    Undeliverable gone = new Undeliverable(nowMs + "-" + random.nextInt(1_000), null);
    return new RefreshRequest(
        random.nextInt(5) == 0, acked, random.nextBoolean() ? List.of() : List.of(gone));
  }

  private Send send() {
    MessageType[] types = {MessageType.NUDGE, MessageType.DIRECTIVE, MessageType.HOOK_RESULT};
    MessageType type = types[random.nextInt(types.length)];
    StoredText text = new StoredText(++messages, nowMs, "message " + messages, 300, 100);
    return new Send(session(), type, lane(), null, null, text, call("message"), BY);
  }

  private Idempotency call(String what) {
    return random.nextInt(4) == 0
        ? new Idempotency(what + random.nextInt(200), random.nextInt(3), "body")
        : null;
  }

  private AddJobs addJobs() {
    List<AddJobs.Job> jobs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      jobs.add(new AddJobs.Job("job-" + random.nextInt(100), "hash", random.nextLong(), 500));
    }
    return new AddJobs(jobs, nowMs);
  }

  private Operation<Boolean> failure() {
    return random.nextBoolean()
        ? new FailJob("job-" + random.nextInt(100), 0)
        : new FailMissing(session(), 0, null);
  }

  /** Writes records like the table of final records. */
  public NoteWritten write(List<ReadOutbox.Unwritten> records) {
    List<OrgReply.Needed> names = new ArrayList<>();
    for (ReadOutbox.Unwritten each : records) {
      OrgReply.Needed name = new OrgReply.Needed(each.record().session().id(), each.name());
      written.put(name, each.record());
      names.add(name);
    }
    return new NoteWritten(names, nowMs);
  }

  /** Returns the records written under these names. */
  public List<OrgCall.Loaded> load(List<OrgReply.Needed> names) {
    return names.stream()
        .map(name -> new OrgCall.Loaded(name.sessionId(), name.name(), written.get(name)))
        .toList();
  }

  private Operation<?> pause() {
    String project = "project-" + random.nextInt(3);
    return random.nextBoolean()
        ? new ResumeQueue(project, BY)
        : new PauseQueue(project, random.nextBoolean() ? 0 : nowMs + 50_000, BY);
  }

  private QueueLimits limits() {
    return new QueueLimits(
        random.nextBoolean() ? null : random.nextInt(4),
        random.nextBoolean() ? null : random.nextInt(50) * 1_000_000L);
  }

  private Enqueue enqueue() {
    List<Enqueue.Item> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String id = session();
      items.add(
          new Enqueue.Item(
              id,
              random.nextInt(3) == 0
                  ? "issue-" + random.nextInt(5)
                  : random.nextBoolean() ? id : session(),
              "ISSUE-" + random.nextInt(50),
              random.nextInt(5) == 0 ? "default" : "project-" + random.nextInt(3),
              CAPABILITIES.get(random.nextInt(CAPABILITIES.size())),
              1 + random.nextInt(9),
              nowMs - random.nextInt(3),
              "hash",
              random.nextLong(),
              random.nextInt(5) == 0 ? nowMs + 20_000 : 0,
              random.nextInt(5) == 0 ? nowMs + 100_000 : 0,
              call("work"),
              600,
              random.nextBoolean() ? Subject.NONE : new Subject("Fix " + id, "main", "opus"),
              false));
    }
    return new Enqueue(items, nowMs);
  }

  private Register register(String worker) {
    Dialect dialect = Dialect.values()[random.nextInt(3)];
    List<String> projects = random.nextBoolean() ? List.of() : List.of("project-1", "project-2");
    List<String> capabilities =
        random.nextBoolean() ? List.of() : List.of("linux", "gpu", BatchLane.CAPABILITY);
    return new Register(
        new Registration(
            worker,
            "key-" + random.nextInt(random.nextBoolean() ? 9 : 1),
            dialect,
            "host",
            4,
            Projects.of(projects),
            capabilities,
            false,
            random.nextBoolean() ? null : "machine-" + random.nextInt(2),
            "{\"a\":1}",
            List.of()));
  }

  private StatusReport report() {
    SessionState[] targets = {
      SessionState.RUNNING, SessionState.FINALIZING, SessionState.COMPLETED, SessionState.FAILED
    };
    return new StatusReport(
        targets[random.nextInt(targets.length)],
        fields(),
        random.nextInt(30) * 1_000_000L - 1,
        random.nextBoolean()
            ? null
            : new Attempt("attempt-" + random.nextInt(3), "hash-" + random.nextInt(2)));
  }

  private TreeMap<String, String> fields() {
    TreeMap<String, String> fields = new TreeMap<>();
    fields.put("field-" + random.nextInt(3), "\"" + random.nextInt() + "\"");
    return fields;
  }

  private String session() {
    return "session-" + random.nextInt(sessions);
  }

  private Lane lane() {
    return random.nextBoolean() ? Lane.URGENT : Lane.NORMAL;
  }
}
