package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.LibraryInfo;

/** Someone deletes or replaces the library while nodes work. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DamagedLibraryTest {

  private static final String ORG = "org";
  private static final AuditNote BY = new AuditNote("who", "why");

  private static RedisServerProcess server;

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger number = new AtomicInteger();
  private RedisUnderTest redis;
  private Jedis jedis;

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
    jedis = server.connect();
    jedis.functionFlush();
    redis = new RedisUnderTest(server, Rules.DEFAULTS, clock);
    backend().upkeep().sweep();
    enqueue(1);
  }

  @AfterEach
  void close() {
    redis.close();
    jedis.close();
  }

  @Test
  void a_deleted_library_is_loaded_again_by_each_kind_of_call() {
    String text = loaded().getLibraryCode();
    for (Callable<?> call : calls()) {
      jedis.functionFlush();

      assertThat(answered(call)).isTrue();
      assertThat(loaded().getLibraryCode()).isEqualTo(text);
    }
    assertThat(backend().upkeep().health().warnings()).isEmpty();
  }

  /** Bodies of the functions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "error('broken')",
        "error({ err = 'MINE broken' })",
        "return redis.error_reply('broken')",
        "return unknown.name",
        "return redis.call('SET', 'a')",
        "return nil",
        "return 0",
        "return 'OK'",
        "return {}",
        "return { 1 }",
        "return { 'one', 'OK' }",
        "return { 1, 'FINE' }",
        "return { 1, { 'OK' } }",
        "return { '1', 'OK' }",
        "return { '1', 'OK', false }"
      })
  void a_replaced_library_is_replaced_again_at_its_first_odd_answer(String body) {
    LibraryInfo ours = loaded();
    for (Callable<?> call : calls()) {
      replace(ours, name -> true, body);

      answered(call);
      if (!loaded().getLibraryCode().equals(ours.getLibraryCode())) {
        // The call couldn't tell the answer from one of ours, so it takes a minute.
        clock.jump(Duration.ofMinutes(1));
        backend().upkeep().sweep();
      }

      assertThat(loaded().getLibraryCode()).isEqualTo(ours.getLibraryCode());
      assertThat(answered(call)).isTrue();
    }
    assertThat(backend().upkeep().health().warnings())
        .singleElement()
        .asString()
        .contains(ours.getLibraryName(), "docs/redis.md#functions");
  }

  @Test
  void a_library_without_some_functions_is_replaced_at_the_first_call_that_misses_one() {
    LibraryInfo ours = loaded();
    for (Callable<?> call : calls()) {
      replace(ours, name -> name.endsWith("_mark_finding"), "return 0");

      assertThat(answered(call)).isTrue();
      assertThat(loaded().getLibraryCode()).isEqualTo(ours.getLibraryCode());
    }
  }

  @Test
  void another_text_that_answers_as_ours_is_noticed_within_a_minute() {
    backend().upkeep().sweep();
    LibraryInfo ours = loaded();
    jedis.functionLoadReplace(ours.getLibraryCode() + "-- changed\n");
    jedis.configResetStat();

    sweepFor(Duration.ofSeconds(55));
    assertThat(loaded().getLibraryCode()).endsWith("-- changed\n");
    assertThat(jedis.info("commandstats")).doesNotContain("cmdstat_function|load");
    sweepFor(Duration.ofSeconds(5));

    assertThat(loaded().getLibraryCode()).isEqualTo(ours.getLibraryCode());
    assertThat(backend().upkeep().health().warnings())
        .singleElement()
        .asString()
        .contains("times since the start: 1");
    sweepFor(Duration.ofHours(1));
    assertThat(backend().upkeep().health().warnings()).isEmpty();
  }

  @Test
  void the_text_is_compared_once_a_minute() {
    sweepFor(Duration.ofMinutes(1));
    jedis.configResetStat();

    for (int i = 0; i < 10; i++) {
      sweepFor(Duration.ofMinutes(1));
      backend().work().counts(ORG);
      backend().upkeep().health();
    }

    assertThat(jedis.info("commandstats")).contains("cmdstat_function|list:calls=20,");
  }

  /** A failure of our own costs no more than one look at the library a second. */
  @Test
  void a_function_that_fails_by_itself_leaves_the_library_alone() {
    backend().work().counts(ORG);
    jedis.hset("{" + ORG + "}:org", "numbers", "x");
    LibraryInfo ours = loaded();
    jedis.configResetStat();

    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> backend().work().counts(ORG))
          .isNotInstanceOf(BackendUnavailableException.class);
    }

    assertThat(jedis.info("commandstats")).doesNotContain("cmdstat_function|load");
    assertThat(loaded().getLibraryCode()).isEqualTo(ours.getLibraryCode());
  }

  @Test
  void another_library_with_functions_of_our_names_is_named() {
    LibraryInfo ours = loaded();
    jedis.functionFlush();
    String function = ours.getLibraryName() + "_sweep";
    jedis.functionLoad(text("mine", List.of(function), "return 0"));

    assertThatThrownBy(() -> enqueue(1))
        .isInstanceOfSatisfying(
            BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
        .hasMessageContaining(function)
        .hasMessageContaining("docs/redis.md#functions");
    jedis.functionDelete("mine");

    assertThat(answered(() -> enqueue(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"flush", "functions that raise", "functions are missing"})
  void nothing_is_lost_while_it_happens_again_and_again(String what) throws Exception {
    LibraryInfo ours = loaded();
    Set<String> enqueued = ConcurrentHashMap.newKeySet();
    enqueued.add("w-1");
    Set<String> claimed = ConcurrentHashMap.newKeySet();
    register(10_000);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    int refused = 0;
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        QueueBackend node = thread % 2 == 0 ? backend() : redis.anotherNode();
        results.add(threads.submit(() -> enqueueAll(node, enqueued)));
      }
      results.add(threads.submit(() -> pollAll(claimed)));
      while (!results.stream().limit(4).allMatch(Future::isDone)) {
        switch (what) {
          case "flush" -> jedis.functionFlush();
          case "functions that raise" -> replace(ours, name -> true, "error('broken')");
          default -> replace(ours, name -> name.endsWith("_mark_finding"), "return 0");
        }
        Thread.sleep(what.equals("flush") ? 10 : 200); // most calls find the library in order
      }
      for (Future<Integer> result : results) {
        refused += result.get();
      }
    } finally {
      threads.shutdownNow();
    }

    System.out.printf("%s: %d calls were refused%n", what, refused);
    Set<String> all = new HashSet<>(claimed);
    while (all.size() < enqueued.size()) {
      List<String> more = poll(backend(), 50);
      assertThat(more).as("the rest of " + (enqueued.size() - all.size())).isNotEmpty();
      all.addAll(more);
    }
    assertThat(all).isEqualTo(enqueued).hasSize(1 + 4 * 40 * 30);
  }

  /** Repeats refused calls, as clients do. Returns how many there were. */
  private int enqueueAll(QueueBackend node, Set<String> enqueued) {
    int refused = 0;
    for (int batch = 0; batch < 40; batch++) {
      List<NewWork> works = works(30);
      boolean done = false;
      while (!done) {
        try {
          List<Enqueued> results = node.work().enqueue(ORG, works);
          done = results.stream().allMatch(result -> result.refusal() == null);
          assertThat(done).as("refusals of " + results).isTrue();
        } catch (BackendUnavailableException e) {
          refused++;
        }
      }
      works.forEach(work -> enqueued.add(work.sessionId()));
    }
    return refused;
  }

  private int pollAll(Set<String> claimed) {
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      String request = "all-" + i;
      boolean done = false;
      while (!done) {
        try {
          claimed.addAll(poll(backend(), request, 5));
          done = true;
        } catch (BackendUnavailableException e) {
          refused++;
        }
      }
    }
    return refused;
  }

  private List<Callable<?>> calls() {
    return List.of(
        () -> backend().work().counts(ORG),
        () -> enqueue(3),
        () -> register(50),
        () -> poll(backend(), 5),
        () -> backend().queues().pause(ORG, "default", 0, BY),
        () -> backend().sessions().find(ORG, "w-1"),
        () ->
            backend()
                .credentials()
                .addKey(
                    "a".repeat(55) + (100_000_000 + number.incrementAndGet()),
                    new Key("k", ORG, Key.Type.USER, "", Set.of(), List.of())),
        () -> backend().upkeep().sweep(),
        () -> backend().upkeep().nodes());
  }

  /** False if the call was refused as unavailable. */
  private static boolean answered(Callable<?> call) {
    try {
      call.call();
      return true;
    } catch (BackendUnavailableException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Object enqueue(int count) {
    return backend().work().enqueue(ORG, works(count));
  }

  private List<NewWork> works(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "w-" + number.incrementAndGet())
        .map(id -> new NewWork(id, id, id, "default", List.of(), 3, 1, 0, 0, "hash of " + id, "{}"))
        .toList();
  }

  private Object register(int capacity) {
    return backend()
        .workers()
        .register(
            ORG,
            new Registration(
                "w", "k", Dialect.STANDARD, "h", capacity, Projects.ALL, List.of(), false, "{}"));
  }

  private List<String> poll(QueueBackend node, int most) {
    return poll(node, "r-" + number.incrementAndGet(), most);
  }

  private static List<String> poll(QueueBackend node, String request, int most) {
    PollRequest poll = new PollRequest(new WorkerRef(ORG, "w", null), request, most);
    return node.workers().poll(poll).work().stream().map(ClaimedWork::sessionId).toList();
  }

  private void sweepFor(Duration time) {
    for (long passed = 0; passed < time.toSeconds(); passed += 5) {
      clock.jump(Duration.ofSeconds(5));
      backend().upkeep().sweep();
    }
  }

  /** Loads another library under the name of ours. */
  private void replace(LibraryInfo ours, Predicate<String> some, String body) {
    List<String> names =
        ours.getFunctions().stream()
            .map(function -> (String) function.get("name"))
            .filter(some)
            .toList();
    jedis.functionLoadReplace(text(ours.getLibraryName(), names, body));
  }

  private static String text(String library, List<String> functions, String body) {
    return functions.stream()
        .map(name -> "redis.register_function('" + name + "', function()\n" + body + "\nend)\n")
        .collect(Collectors.joining("", "#!lua name=" + library + "\n", ""));
  }

  private LibraryInfo loaded() {
    return jedis.functionListWithCode("sluice_*").get(0);
  }

  private QueueBackend backend() {
    return redis.backend();
  }
}
