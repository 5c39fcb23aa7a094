package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

class RedisPollCostTest {

  private static final AuditNote BY = new AuditNote("who", "why");

  private static final String ORG = "cost";
  private static final Pattern CALLS =
      Pattern.compile("cmdstat_(?!info|fcall|function)[^:]+:calls=(\\d+)");

  private static RedisServerProcess server;

  private final MovableClock clock = new MovableClock();
  private RedisUnderTest redis;
  private Jedis jedis;
  private int requests;

  enum Closing {
    PAUSE,
    CAP,
    BUDGET
  }

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
    jedis = server.connect();
  }

  @AfterEach
  void close() {
    jedis.close();
    redis.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_poll_costs_the_same_however_many_queues_are_closed(Closing closing) {
    register("w");
    closed(closing, 0, 3);
    enqueue("open", "a", 9);
    enqueue("open", "b", 9);
    poll("w"); // learns which sets of capabilities there are
    long few = cost(() -> assertThat(poll("w")).containsExactly("b"));
    closed(closing, 3, 300);
    enqueue("open", "c", 9);

    long many = cost(() -> assertThat(poll("w")).containsExactly("c"));

    assertThat(many).isEqualTo(few);
  }

  @ParameterizedTest
  @EnumSource
  void a_queue_that_opens_is_looked_at_again(Closing closing) {
    register("w");
    closed(closing, 0, 2);
    assertThat(poll("w")).isEmpty();

    backend().queues().resume(ORG, "closed-1", BY);
    backend().queues().limit(ORG, "closed-1", QueueLimits.NONE, BY);

    assertThat(poll("w")).containsExactly("closed-1");
  }

  @Test
  void a_poll_costs_the_same_however_many_queues_are_open() {
    register("w");
    for (int i = 0; i < 10; i++) {
      enqueue("p-" + i, "s-" + i, 1);
    }
    poll("w");
    long few = cost(() -> assertThat(poll("w")).hasSize(1));
    for (int i = 10; i < 300; i++) {
      enqueue("p-" + i, "s-" + i, 1);
    }

    long many = cost(() -> assertThat(poll("w")).hasSize(1));

    assertThat(many).isEqualTo(few);
  }

  @Test
  void a_poll_costs_the_same_however_much_batch_work_waits_for_others() {
    register("w");
    enqueue("p", "a", 1);
    enqueue("p", "b", 1);
    poll("w");
    long few = cost(() -> assertThat(poll("w")).containsExactly("b"));
    for (int i = 0; i < 100; i++) {
      backend().batch().add(ORG, List.of(new NewBatchJob("job-" + i, "hash", "{}")));
    }
    enqueue("p", "c", 1);

    long many = cost(() -> assertThat(poll("w")).containsExactly("c"));

    assertThat(many).isEqualTo(few);
  }

  @Test
  void a_poll_without_a_list_costs_the_same_however_many_repositories_there_are() {
    register("w");
    enqueueOn("r/0", "s-0");
    enqueueOn("r/0", "s-1");
    poll("w");
    long few = cost(() -> assertThat(poll("w")).containsExactly("s-1"));
    register("lister", Repositories.of("r/7"));
    for (int i = 0; i < 300; i++) {
      enqueueOn("r/" + i, "t-" + i);
    }

    long many = cost(() -> assertThat(poll("w")).hasSize(1));

    assertThat(many).isEqualTo(few);
  }

  @Test
  void a_poll_with_a_list_costs_the_same_however_many_others_there_are() {
    register("lister", Repositories.of("r/7"));
    enqueueOn("r/7", "s-0");
    enqueueOn("r/7", "s-1");
    enqueueOn("r/8", "a-first");
    poll("lister");
    long few = cost(() -> assertThat(poll("lister")).containsExactly("s-1"));
    enqueueOn("r/7", "z");
    for (int i = 10; i < 300; i++) {
      enqueueOn("r/" + i, "t-" + i);
    }

    long many = cost(() -> assertThat(poll("lister")).containsExactly("z"));

    assertThat(many).isEqualTo(few);
  }

  @Test
  void a_poll_looks_at_workers_before_it_only_while_they_have_claims() {
    for (String id : List.of("a", "b", "c", "d", "e", "f", "g")) {
      enqueue("p", id, 1);
    }
    register("without");
    poll("without");
    long few = cost(() -> assertThat(poll("without")).containsExactly("b"));
    registerOn("m", "idle");
    registerOn("m", "old");
    assertThat(cost(() -> assertThat(poll("old")).containsExactly("c"))).isEqualTo(few);
    registerOn("m", "later");

    long inheriting = cost(() -> assertThat(poll("later")).containsExactly("d"));
    registerOn("m", "latest");
    StatusReport end = new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1);
    backend().sessions().report(ORG, "c", new Holder("old", null, 0), end);
    backend().sessions().report(ORG, "d", new Holder("later", null, 0), end);
    assertThat(poll("latest")).containsExactly("e");
    long after = cost(() -> assertThat(poll("latest")).containsExactly("f"));

    assertThat(inheriting).isEqualTo(few + 2);
    assertThat(after).isEqualTo(few);
  }

  @Test
  void workers_that_speak_use_up_nothing_of_a_sweeps_step() {
    List<String> speaking = new ArrayList<>();
    for (int i = 0; i < 3 * Rules.DEFAULTS.dueStep(); i++) {
      speaking.add("w-" + i);
      register("w-" + i);
    }
    register("x-silent");
    enqueue("p", "s", 1);
    assertThat(poll("x-silent")).containsExactly("s");
    // Just before the leases run out all others speak.
    pass(Duration.ofMillis(Rules.DEFAULTS.leaseMs() - 1));
    speaking.forEach(this::poll);
    clock.jump(Duration.ofMillis(1));

    SweepResult step = backend().upkeep().sweepStep(ORG);

    assertThat(step).isEqualTo(new SweepResult(1, 0, 0, 0, 0, false));
  }

  private void pass(Duration time) {
    long step = Rules.DEFAULTS.outageGapMs();
    for (long left = time.toMillis(); left > 0; left -= step) {
      backend().upkeep().sweep();
      clock.jump(Duration.ofMillis(Math.min(step, left)));
    }
    backend().upkeep().sweep();
  }

  private void closed(Closing closing, int from, int to) {
    for (int i = from; i < to; i++) {
      String project = "closed-" + i;
      enqueue(project, project, 1);
      switch (closing) {
        case PAUSE -> backend().queues().pause(ORG, project, 0, BY);
        case CAP -> backend().queues().limit(ORG, project, new QueueLimits(0, null), BY);
        case BUDGET -> backend().queues().limit(ORG, project, new QueueLimits(null, 0L), BY);
      }
    }
  }

  private long cost(Runnable call) {
    long before = commands();
    call.run();
    return commands() - before;
  }

  private long commands() {
    return CALLS
        .matcher(jedis.info("commandstats"))
        .results()
        .map((MatchResult found) -> found.group(1))
        .mapToLong(Long::parseLong)
        .sum();
  }

  private QueueBackend backend() {
    return redis.backend();
  }

  private void register(String worker, String... repositories) {
    registerOn(null, worker, repositories);
  }

  private void registerOn(@Nullable String machine, String worker, String... repositories) {
    backend()
        .workers()
        .register(
            ORG,
            new Registration(
                worker,
                "k",
                Dialect.STANDARD,
                "h",
                1_000,
                Projects.ALL,
                List.of(),
                false,
                machine,
                "{}",
                List.of(repositories)));
  }

  private void enqueue(String project, String id, int priority) {
    backend()
        .work()
        .enqueue(
            ORG,
            List.of(new NewWork(id, id, id, project, List.of(), priority, 1, 0, 0, "hash", "{}")));
  }

  private void enqueueOn(String repository, String id) {
    String name = Repositories.of(repository);
    NewWork work =
        new NewWork(
            id,
            id,
            id,
            "p",
            List.of(),
            name,
            3,
            1,
            0,
            0,
            List.of(),
            "hash",
            "{}",
            Subject.NONE,
            null);
    backend().work().enqueue(ORG, List.of(work));
  }

  private List<String> poll(String worker) {
    PollRequest request = new PollRequest(new WorkerRef(ORG, worker, null), "r-" + ++requests, 1);
    return backend().workers().poll(request).work().stream().map(ClaimedWork::sessionId).toList();
  }
}
