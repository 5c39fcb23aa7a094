package dev.sluice.backend.redis;

import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.T;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.WAITING;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.WORKERS;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.session;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.redis.agentfactory.GeneratedFleet;
import dev.sluice.backend.redis.agentfactory.Imported;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** A fleet of AgentFactory goes on here: its workers poll, report and read as before. */
class ImportedFleetTest {

  enum Store {
    MEMORY,
    REDIS
  }

  private static final String ORG = "default";
  private static final String KEY = "legacy";

  private static RedisServerProcess server;
  private static Imported imported;

  private MovableClock clock;

  @BeforeAll
  static void readIt() {
    server = RedisServerProcess.start();
    try (Jedis jedis = server.connect()) {
      GeneratedFleet.load(jedis);
      imported = Imported.of(server);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void setClock() {
    clock = new MovableClock();
    long now = imported.all(OrgRecord.Numbers.class).get(0).nowMs();
    clock.jump(Duration.ofMillis(now - clock.now()));
  }

  private void on(Store kind, Consumer<QueueBackend> day) {
    if (kind == Store.MEMORY) {
      try (QueueBackend backend = new MemoryBackend(Rules.DEFAULTS, clock)) {
        day.accept(backend);
      }
    } else {
      try (RedisUnderTest redis = new RedisUnderTest(server, Rules.DEFAULTS, clock)) {
        day.accept(redis.backend());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theStoreHasTheRecords(Store kind) {
    on(
        kind,
        backend -> {
          backend.transfers().close(ORG, OrgCopy.closure(Purpose.IMPORT), null);
          OrgCopy.write(backend, ORG, imported.records());
          OrgCopy.write(backend, ORG, imported.records());

          List<OrgRecord> stored = OrgCopy.read(backend, ORG);
          assertThat(stored).hasSameSizeAs(imported.records());
          assertThat(withoutNumbers(stored).equals(withoutNumbers(imported.records())))
              .as("the same records")
              .isTrue();
        });
  }

  @ParameterizedTest
  @EnumSource
  void theWorkersDayContinues(Store kind) {
    on(
        kind,
        backend -> {
          OrgCopy.enter(backend, ORG, imported.records());
          backend.upkeep().sweep();

          PollResult poll = poll(backend, 7);
          assertThat(poll.work())
              .extracting(ClaimedWork::item)
              .containsExactly(GeneratedFleet.item(0));
          assertThat(poll.messages()).hasSize(16);
          assertThat(poll.messages()).extracting(Message::payload).containsOnly("urgent", "unread");

          clock.jump(Duration.ofMillis(Rules.DEFAULTS.visibilityMs() + 1_000));
          assertThat(poll(backend, 7).messages())
              .filteredOn(message -> message.sessionId().equals(session(57)))
              .extracting(Message::payload)
              .containsExactly("urgent", "read", "unread");
          poll(backend, 0);
          assertThat(ack(backend, session(50), 0, T + "-1").known())
              .as("read there, acknowledged here")
              .isTrue();
          assertThat(ack(backend, session(50), 0, T + "-1").known()).isFalse();

          assertThat(report(backend, session(7), 7, SessionState.RUNNING).state())
              .isEqualTo(SessionState.RUNNING);
          report(backend, session(7), 7, SessionState.COMPLETED);
          assertThat(find(backend, session(7))).isEqualTo(Place.ENDED);
        });
  }

  @ParameterizedTest
  @EnumSource
  void parkedWorkFollowsTheEndOfItsIssue(Store kind) {
    on(
        kind,
        backend -> {
          OrgCopy.enter(backend, ORG, imported.records());

          report(backend, session(0), 0, SessionState.FAILED);

          assertThat(find(backend, GeneratedFleet.parked(0))).isEqualTo(Place.READY);
          assertThat(find(backend, GeneratedFleet.parked(1))).isEqualTo(Place.PARKED);
        });
  }

  @ParameterizedTest
  @EnumSource
  void workGoesOutInTheOrderOfTheOtherServer(Store kind) {
    List<String> expected =
        IntStream.range(0, WAITING)
            .boxed()
            .sorted(
                Comparator.<Integer, Integer>comparing(GeneratedFleet::priority)
                    .thenComparing(Function.identity()))
            .map(GeneratedFleet::waiting)
            .limit(4L * WORKERS)
            .toList();
    on(
        kind,
        backend -> {
          OrgCopy.enter(backend, ORG, imported.records());
          List<String> order = new ArrayList<>();
          for (int round = 0; round < 4; round++) {
            for (int w = 0; w < WORKERS; w++) {
              for (ClaimedWork work : poll(backend, w).work()) {
                order.add(work.sessionId());
                report(backend, work.sessionId(), w, SessionState.COMPLETED);
              }
            }
          }

          assertThat(order).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @EnumSource
  void claimsOfWorkersThatDontComeReturn(Store kind) {
    on(
        kind,
        backend -> {
          OrgCopy.enter(backend, ORG, imported.records());
          backend.upkeep().sweep();
          Duration step = Duration.ofMillis(Rules.DEFAULTS.leaseMs() / 20);
          for (int i = 0; i < 30; i++) {
            clock.jump(step);
            poll(backend, 7);
            backend.upkeep().sweep();
          }

          assertThat(find(backend, session(57))).isEqualTo(Place.CLAIMED);
          assertThat(find(backend, session(58))).isEqualTo(Place.READY);
          assertThat(backend.sessions().find(ORG, session(58)).attempts()).isOne();
        });
  }

  private static Set<OrgRecord> withoutNumbers(List<OrgRecord> records) {
    return records.stream()
        .filter(record -> !(record instanceof OrgRecord.Numbers))
        .collect(Collectors.toSet());
  }

  private static PollResult poll(QueueBackend backend, int w) {
    WorkerRef worker = new WorkerRef(ORG, worker(w), KEY);
    return backend.workers().poll(new PollRequest(worker, UUID.randomUUID().toString(), 5));
  }

  private static Session report(QueueBackend backend, String session, int w, SessionState state) {
    StatusReport report = new StatusReport(state, new TreeMap<>(), -1);
    return backend.sessions().report(ORG, session, new Holder(worker(w), KEY, 0), report).session();
  }

  private static AckResult ack(QueueBackend backend, String session, int w, String id) {
    return backend.inboxes().ack(ORG, session, id, Lane.NORMAL, new Holder(worker(w), KEY, 0));
  }

  private static Place find(QueueBackend backend, String session) {
    return backend.sessions().find(ORG, session).place();
  }
}
