package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClaimScansTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final QueueBackend store = new MemoryBackend(Rules.DEFAULTS, clock);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final List<List<?>> asked = new ArrayList<>();

  private Duration takes = Duration.ofMillis(1);

  private final ClaimScans walks =
      new ClaimScans(
          slow(store.sessions()),
          Clock.fixed(Instant.ofEpochMilli(clock.now()), ZoneOffset.UTC),
          nanos::get);

  @Test
  void allClaimsAreCountedHoweverManyPagesTheyFill() {
    claim(Page.MAX + 5);

    FleetClaims seen = walks.of(ORG);

    assertThat(seen.faring(SessionHealth.OK).count()).isEqualTo(Page.MAX + 5);
    assertThat(seen.faring(SessionHealth.OK).first()).hasSize(FleetClaims.MOST_LISTED);
    assertThat(seen.notAccepted()).isEqualTo(Page.MAX + 5);
    assertThat(seen.faring(SessionHealth.STUCK)).isEqualTo(new FleetClaims.Group(0, List.of()));
    assertThat(calls).as("two pages, and headlines").hasValue(3);
  }

  @Test
  void aWalkRestsFiftyTimesAsLongAsItTook() {
    takes = Duration.ofMillis(40);
    FleetClaims seen = walks.of(ORG);

    pass(Duration.ofMillis(1_999));
    assertThat(walks.of(ORG)).isSameAs(seen);
    pass(Duration.ofMillis(1));
    walks.of(ORG);

    assertThat(calls).hasValue(2);
  }

  @Test
  void itRestsTenSecondsAtMost() {
    takes = Duration.ofSeconds(2);
    walks.of(ORG);

    pass(Duration.ofMillis(9_999));
    walks.of(ORG);
    assertThat(calls).hasValue(1);
    pass(Duration.ofMillis(1));
    walks.of(ORG);
    assertThat(calls).hasValue(2);
  }

  @Test
  void headlinesAreAskedForOnceAndKeptAsLongAsTheirClaims() {
    claim(2);
    assertThat(walks.of(ORG).headlines()).containsOnlyKeys("s-0", "s-1");
    assertThat(asked).containsExactly(List.of("s-0", "s-1"));

    store.work().enqueue(ORG, List.of(work("new")));
    store.workers().poll(new PollRequest(new WorkerRef(ORG, "w", null), "later", 1));
    stop("s-0");
    pass(Duration.ofSeconds(10));

    assertThat(walks.of(ORG).headlines()).containsOnlyKeys("s-1", "new");
    walks.of(ORG);
    assertThat(asked).containsExactly(List.of("s-0", "s-1"), List.of("new"));
  }

  @Test
  void aThousandHeadlinesAreAskedForAtOnceTheOthersLater() {
    claim(Page.MAX + 5);

    FleetClaims first = walks.of(ORG);
    FleetClaims second = walks.of(ORG);

    assertThat(first.headlines()).hasSize(Page.MAX);
    assertThat(second.headlines()).hasSize(Page.MAX + 5);
    assertThat(second.essence()).as("open pages learn of it").isNotEqualTo(first.essence());
    walks.of(ORG);
    assertThat(asked).hasSize(2);
  }

  private void stop(String id) {
    store
        .sessions()
        .report(
            ORG,
            id,
            new Holder("w", null, 0),
            new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1));
  }

  @Test
  void eachOrgHasWalksOfItsOwn() {
    claim(1);

    assertThat(walks.of("another").groups()).isEmpty();
    assertThat(walks.of(ORG).faring(SessionHealth.OK).count()).isEqualTo(1);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void claim(int count) {
    TestWorkers.register(store, ORG, "w", count + 1);
    for (int i = 0; i < count; i++) {
      store.work().enqueue(ORG, List.of(work("s-" + i)));
      String request = "request " + i;
      store.workers().poll(new PollRequest(new WorkerRef(ORG, "w", null), request, 1));
    }
  }

  private NewWork work(String id) {
    return new NewWork(id, id, id, "web", List.of(), 3, clock.now(), 0, 0, "hash of " + id, "{}");
  }

  private Sessions slow(Sessions sessions) {
    return (Sessions)
        Proxy.newProxyInstance(
            Sessions.class.getClassLoader(),
            new Class<?>[] {Sessions.class},
            (proxy, method, arguments) -> {
              calls.incrementAndGet();
              if (method.getName().equals("headlines")) {
                asked.add(List.copyOf((List<?>) arguments[1]));
              }
              pass(takes);
              try {
                return method.invoke(sessions, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
