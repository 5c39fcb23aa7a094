package dev.sluice.proof.disk;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the calls of a plan, and fails if the store answers otherwise than the plan expects. */
final class Calls {

  static final String SUMMARY = "summary";

  /** No lease, deadline or back-off ends while a process is recorded or an image is checked. */
  static final Rules RULES = withoutDeadlines(Rules.DEFAULTS);

  private static final long LONG_MS = 24 * 3_600_000L;
  private static final int PRIORITY = 5;
  private static final int CAPACITY = 10_000;

  /** Before any run, so that work is handed out in the order of its enqueue. */
  private static final long QUEUED_MS = 1_790_000_000_000L;

  private static final AuditNote BY = new AuditNote("an operator", "");

  private final QueueBackend backend;
  private final Plan plan;
  private long queued;

  Calls(QueueBackend backend, Plan plan) {
    this.backend = backend;
    this.plan = plan;
  }

  private static Rules withoutDeadlines(Rules rules) {
    return new Rules(
        LONG_MS,
        LONG_MS,
        LONG_MS,
        LONG_MS,
        LONG_MS,
        LONG_MS,
        rules.maxItemsPerPoll(),
        rules.messagesPerRead(),
        rules.normalShare(),
        rules.maxUnacked(),
        rules.maxReturns(),
        rules.maxCapabilitySets(),
        rules.dueStep(),
        rules.exactPosition(),
        rules.maxWaiting(),
        rules.maxBatch(),
        rules.upgradeMs(),
        rules.tries(),
        rules.kept(),
        rules.bounds());
  }

  /** Returns once the call is acknowledged. */
  void make(Op op) {
    String org = plan.org();
    String id = op.id();
    switch (op.kind()) {
      case ENQUEUE ->
          backend
              .work()
              .enqueue(org, op.on().stream().map(each -> work(each, op.text())).toList())
              .forEach(each -> require(each.refusal() == null, each));
      case REGISTER -> backend.workers().register(org, registration(id));
      case DEREGISTER -> backend.workers().deregister(new WorkerRef(org, id, null), BY);
      case POLL -> poll(id, op.text());
      case CLAIM -> {
        var result = backend.sessions().claim(org, id, worker());
        require(result.denial() == null, result);
      }
      case RUN -> report(id, SessionState.RUNNING, null);
      case ACTIVITY ->
          backend.sessions().addActivity(org, id, holder(), new NewActivity("action", op.text()));
      case SEND -> {
        NewMessage message =
            new NewMessage(MessageType.NUDGE, Lane.NORMAL, op.text(), null, "a user");
        backend.inboxes().send(org, id, message, BY);
      }
      case ACK -> {
        Message first = backend.inboxes().list(org, id).get(0);
        backend.inboxes().ack(org, id, first.id(), first.lane(), holder());
      }
      case COMPLETE -> report(id, SessionState.COMPLETED, op.text());
      case NACK -> require(backend.sessions().nack(org, id, holder(), null), id);
      case STOP ->
          backend
              .sessions()
              .stop(org, id, new StopMessage(op.text(), null, "a user"), Place.ANY, BY);
      case ORDER_STOP ->
          backend
              .stopOrders()
              .add(
                  org,
                  new NewStopOrder(id, plan.project(), List.of()),
                  new AuditNote("an operator", op.text()));
      case PAUSE -> backend.queues().pause(org, id, 0, new AuditNote("an operator", op.text()));
      case RESUME -> backend.queues().resume(org, id, BY);
      case ADD_KEY ->
          require(
              backend
                  .credentials()
                  .mintKey(
                      hash(id), new Key(id, org, Key.Type.USER, op.text(), Set.of(), List.of())),
              id);
      case REVOKE_KEY -> require(backend.credentials().revoke(org, id), id);
      case ADD_JOB ->
          backend.batch().add(org, List.of(new NewBatchJob(id, "hash", item(id, op.text()))));
      case SIGN -> require(backend.credentials().signingSecret(op.text()).equals(op.text()), id);
    }
  }

  private void poll(String expected, String request) {
    var work = backend.workers().poll(new PollRequest(worker(), request, 1)).work();
    require(work.size() == 1 && work.get(0).sessionId().equals(expected), work);
  }

  private void report(String id, SessionState state, @Nullable String summary) {
    SortedMap<String, String> fields =
        summary == null
            ? Collections.emptySortedMap()
            : new TreeMap<>(java.util.Map.of(SUMMARY, '"' + summary + '"'));
    backend.sessions().report(plan.org(), id, holder(), new StatusReport(state, fields, -1));
  }

  private static void require(boolean expected, Object answer) {
    if (!expected) {
      throw new IllegalStateException("unexpected answer " + answer);
    }
  }

  private WorkerRef worker() {
    return new WorkerRef(plan.org(), plan.worker(), null);
  }

  private Holder holder() {
    return new Holder(plan.worker(), null, 0);
  }

  private NewWork work(String id, String text) {
    return new NewWork(
        id,
        id,
        id,
        plan.project(),
        List.of(),
        PRIORITY,
        QUEUED_MS + queued++,
        0,
        0,
        "hash",
        item(id, text));
  }

  private Registration registration(String id) {
    Projects projects =
        id.equals(plan.worker()) ? Projects.of(List.of(plan.project())) : Projects.NONE;
    return new Registration(
        id, "key", Dialect.STANDARD, hostname(id), CAPACITY, projects, List.of(), false, "{}");
  }

  static String hostname(String worker) {
    return "host-of-" + worker;
  }

  static String item(String id, String text) {
    return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
  }

  static String hash(String key) {
    byte[] hash = new byte[32];
    new java.util.Random(key.hashCode()).nextBytes(hash);
    return HexFormat.of().formatHex(hash);
  }
}
