package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Redis at maxmemory refuses the first write of a script if it may take memory, and no other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisFullMemoryTest {

  private static final String ORG = "full";
  private static final AuditNote BY = new AuditNote("who", "why");
  private static final WorkerRef WORKER = new WorkerRef(ORG, "w", null);
  private static final Holder HOLDER = new Holder("w", null, 0);

  private static RedisServerProcess server;

  private final MovableClock clock = new MovableClock();
  private RedisUnderTest redis;
  private int works;

  @BeforeAll
  static void startServer() {
    server = RedisServerProcess.start();
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    redis = new RedisUnderTest(server, Rules.DEFAULTS, clock);
    backend()
        .workers()
        .register(
            ORG,
            new Registration(
                "w", "k", Dialect.STANDARD, "h", 100, Projects.ALL, List.of(), false, "{}"));
    backend().upkeep().sweep();
  }

  @AfterEach
  void close() {
    fill(false);
    redis.close();
  }

  @Test
  void a_sweep_adds_up_the_figures_and_loses_none() {
    take();
    take();
    fill(true);

    backend().upkeep().sweep();

    assertThat(claims()).isEqualTo(2);
    fill(false);
    take();
    backend().upkeep().sweep();
    assertThat(claims()).isEqualTo(3);
  }

  /** A full Redis refuses their heartbeats and acceptances. */
  @Test
  void no_worker_loses_its_claims_before_there_was_room_for_a_lease() {
    String id = take();
    fill(true);
    sweepFor(2 * Rules.DEFAULTS.leaseMs());

    assertThat(lines(id)).endsWith(Event.Kind.CLAIMED);

    fill(false);
    sweepFor(Rules.DEFAULTS.leaseMs() + 20_000);
    assertThat(lines(id)).endsWith(Event.Kind.LEASE_LOST);
  }

  private void sweepFor(long ms) {
    sweepFor(ms, () -> {});
  }

  private void sweepFor(long ms, Runnable each) {
    for (long passed = 0; passed < ms; passed += 10_000) {
      clock.jump(Duration.ofSeconds(10));
      backend().upkeep().sweep();
      each.run();
    }
  }

  @Test
  void a_worker_that_beats_keeps_its_claims_and_gets_its_messages_once_there_is_room() {
    List<String> held = List.of(take(), take());
    held.forEach(id -> report(id, SessionState.RUNNING));
    fill(true);
    sweepFor(2 * Rules.DEFAULTS.leaseMs(), () -> refused(this::beat));
    refused(() -> send(held.get(1), MessageType.DIRECTIVE));
    refused(this::messages);

    fill(false);
    sweepFor(2 * Rules.DEFAULTS.leaseMs(), this::beat);
    Message urgent = send(held.get(1), MessageType.DIRECTIVE);

    assertThat(held).allSatisfy(id -> assertThat(lines(id)).endsWith(Event.Kind.STARTED));
    assertThat(messages()).extracting(Message::id).containsExactly(urgent.id());
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(BackendUnavailableException.class);
  }

  private void beat() {
    backend().workers().heartbeat(WORKER, new Heartbeat(2, null, null));
  }

  private List<Message> messages() {
    PollRequest request = new PollRequest(WORKER, "m" + clock.now(), 0);
    return backend().workers().poll(request).messages();
  }

  @Test
  void an_end_is_counted() {
    String id = take();
    fill(true);

    end(id);

    assertThat(completed()).isOne();
    backend().upkeep().sweep();
    assertThat(completed()).isOne();
  }

  /** The lines that a session's own line has room for move to a list of their own. */
  @Test
  void an_end_keeps_the_timeline_that_needs_more_room() {
    String id = take();
    int begun = eventBytes(id);
    nack(id, 600);
    int nacked = eventBytes(id);
    nack(id, 990 - nacked - (nacked - begun - 600));
    List<Event.Kind> before = lines(id);
    fill(true);

    end(id);

    assertThat(lines(id)).containsAll(before).endsWith(Event.Kind.ENDED);
    assertThat(lines(id)).hasSize(before.size() + 1);
  }

  @Test
  void an_acknowledged_message_is_kept() {
    String id = take();
    Message message = send(id, MessageType.NUDGE);
    fill(true);

    backend().inboxes().ack(ORG, id, message.id(), message.lane(), null);

    assertThat(backend().inboxes().history(ORG, id).acknowledged()).hasSize(1);
  }

  private Message send(String id, MessageType type) {
    NewMessage message = new NewMessage(type, type.lane(), "are you there?", null, null);
    return backend().inboxes().send(ORG, id, message, BY).message();
  }

  /** Acts on much large work, to free memory, must not take it twice. */
  @Test
  void a_remembered_answer_has_no_item() {
    String item = "{\"prompt\":\"" + "x".repeat(500_000) + "\"}";
    enqueue("large", item);

    backend().work().reprioritise(ORG, "large", 1, BY);

    try (Jedis jedis = server.connect()) {
      assertThat(jedis.keys("{" + ORG + "}:call:*"))
          .isNotEmpty()
          .allSatisfy(key -> assertThat(jedis.strlen(key)).isLessThan(10_000));
    }
  }

  @Test
  void new_work_is_refused_and_leaves_nothing() {
    take();
    fill(true);

    refused(() -> enqueue("refused"));

    try (Jedis jedis = server.connect()) {
      assertThat(jedis.keys("*refused*")).isEmpty();
    }
  }

  private void nack(String id, int reason) {
    backend().sessions().nack(ORG, id, HOLDER, NackReason.of("n".repeat(reason)));
    clock.jump(Duration.ofMinutes(2));
    works++;
    assertThat(poll()).containsExactly(id);
  }

  /** The length of the lines that are in the session's own line. */
  private static int eventBytes(String id) {
    try (Jedis jedis = server.connect()) {
      String line = jedis.get("{" + ORG + "}:s:" + id);
      return line.length() - line.lastIndexOf('\u001e') - 1;
    }
  }

  private String take() {
    String id = "s" + ++works;
    enqueue(id);
    assertThat(poll()).containsExactly(id);
    return id;
  }

  private void enqueue(String id) {
    enqueue(id, "{}");
  }

  private void enqueue(String id, String item) {
    List<String> publicIds = List.of("public-" + id);
    NewWork work =
        new NewWork(
            id,
            id,
            id,
            "p",
            List.of(),
            null,
            3,
            1,
            0,
            0,
            publicIds,
            "hash",
            item,
            Subject.NONE,
            null);
    backend().work().enqueue(ORG, List.of(work));
  }

  private List<String> poll() {
    PollRequest request = new PollRequest(WORKER, "r" + clock.now() + "-" + works, 1);
    return backend().workers().poll(request).work().stream().map(ClaimedWork::sessionId).toList();
  }

  private void end(String id) {
    report(id, SessionState.COMPLETED);
  }

  private void report(String id, SessionState state) {
    backend().sessions().report(ORG, id, HOLDER, new StatusReport(state, new TreeMap<>(), -1));
  }

  private List<Event.Kind> lines(String id) {
    return backend().sessions().timeline(ORG, id).stream().map(Event::kind).toList();
  }

  private long claims() {
    return figures().mapToLong(each -> each.total().claims()).sum();
  }

  private long completed() {
    return figures().mapToLong(each -> each.total().completed()).sum();
  }

  private Stream<FigureBucket> figures() {
    return backend()
        .figures()
        .read(ORG, FigureDimension.HOST, clock.now() - Figures.KEPT_MS, clock.now() + 1)
        .stream();
  }

  private QueueBackend backend() {
    return redis.backend();
  }

  private static void fill(boolean full) {
    try (Jedis jedis = server.connect()) {
      jedis.configSet("maxmemory", full ? "1" : "0");
    }
  }
}
