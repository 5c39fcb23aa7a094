package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastScanTest {

  private static final String ORG = "org";
  private static final AuditNote BY = new AuditNote("test", "");

  private final MovableClock clock = new MovableClock();
  private final QueueBackend store = new MemoryBackend(Rules.DEFAULTS, clock);
  private final AtomicLong nanos = new AtomicLong();
  private final List<Integer> read = new ArrayList<>();

  private Duration takes = Duration.ZERO;
  private Duration gap = Duration.ofSeconds(10);
  private final PastScan ended = scan(Place.ENDED);
  private final PastScan dead = scan(Place.DEAD);

  @Test
  void theFirstLookReadsSomeAndFurtherOnesTheRest() {
    end(0, 1_200);
    takes = Duration.ofMillis(25);

    UnclaimedWork.Part first = ended.look(clock.now(), null);
    assertThat(first.sessions().size()).isEqualTo(PastScan.STEP);
    assertThat(first.sessions().get(0).id()).isEqualTo("s-1199");
    assertThat(first.reading()).isTrue();
    assertThat(ended.look(clock.now(), null).sessions()).hasSize(2 * PastScan.STEP);
    UnclaimedWork.Part all = first;
    for (int looks = 0; looks < 3; looks++) {
      all = ended.look(clock.now(), null);
    }

    assertThat(ids(all)).isEqualTo(listed(Place.ENDED));
    assertThat(all.reading()).isFalse();
    assertThat(all.cut()).isFalse();
  }

  @Test
  void aQuickStoreIsReadAtOnce() {
    end(0, 1_200);

    assertThat(ended.look(clock.now(), null).sessions().size()).isEqualTo(1_200);
    assertThat(ended.look(clock.now(), null).reading()).isFalse();
  }

  @Test
  void aLookReadsOnlyWhatEndedSinceTheLastOne() {
    end(0, 3_000);
    takes = Duration.ofMillis(10);
    while (ended.look(clock.now(), null).reading()) {
      // reads on
    }
    pass(Duration.ofMinutes(10));
    ended.look(clock.now(), null);
    read.clear();

    end(3_000, 20);
    UnclaimedWork.Part seen = ended.look(clock.now(), null);

    assertThat(read).as("the top").containsExactly(50);
    assertThat(seen.sessions().size()).isEqualTo(3_020);
    assertThat(ended.look(clock.now(), null) == seen).as("the same without news").isTrue();

    read.clear();
    takes = Duration.ofMillis(3);
    end(3_020, 700);
    assertThat(ended.look(clock.now(), null).sessions().size()).isEqualTo(3_720);
    assertThat(read).containsExactly(50, 250, 250, 250);
  }

  @Test
  void aLookAtMuchNewWorkIsBrief() {
    end(0, 1_200);
    while (ended.look(clock.now(), null).reading()) {
      // reads on
    }
    takes = Duration.ofMillis(25);
    end(1_200, 1_500);
    read.clear();

    assertThat(ended.look(clock.now(), null).reading()).isTrue();
    assertThat(read).as("the top and a step").containsExactly(50, 250, 250);
    end(2_700, 1_000);
    UnclaimedWork.Part seen = ended.look(clock.now(), null);
    int looks = 1;
    while (seen.reading()) {
      read.clear();
      seen = ended.look(clock.now(), null);
      assertThat(read.size()).isLessThan(4);
      looks++;
    }
    assertThat(looks).isBetween(10, 20);
    assertThat(ids(seen)).isEqualTo(listed(Place.ENDED));
  }

  @Test
  void oneThatWasStoppedBeforeOthersAndReleasedAfterThemIsSeen() {
    gap = Duration.ofMillis(500);
    claim("late");
    stop("late");
    end(0, 110);
    takes = Duration.ofMillis(10);
    assertThat(ended.look(clock.now(), null).sessions().size()).isEqualTo(110);
    read.clear();

    release("late");

    assertThat(ids(ended.look(clock.now(), null))).endsWith("s-0", "late");
    assertThat(read).as("no walk").containsExactly(50, 250);
  }

  @Test
  void oneThatWasReleasedAfterALongGraceIsSeen() {
    PastScan patient = scan(Place.ENDED, Duration.ofMinutes(10));
    gap = Duration.ofSeconds(4);
    claim("late");
    stop("late");
    end(0, 110);
    takes = Duration.ofMillis(10);
    patient.look(clock.now(), null);

    release("late");

    assertThat(ids(patient.look(clock.now(), null))).endsWith("s-0", "late");
  }

  @Test
  void theLatestTenThousandAreKept() {
    end(0, UnclaimedWork.MOST_KEPT + 700);

    UnclaimedWork.Part seen = ended.look(clock.now(), null);

    assertThat(seen.sessions().size()).isEqualTo(UnclaimedWork.MOST_KEPT);
    assertThat(seen.cut()).isTrue();
    assertThat(seen.reading()).isFalse();
    end(UnclaimedWork.MOST_KEPT + 700, 1);
    assertThat(ended.look(clock.now(), null).sessions().size()).isEqualTo(UnclaimedWork.MOST_KEPT);
    assertThat(ids(ended.look(clock.now(), null))).startsWith("s-10700");
  }

  @Test
  void aLetterTooManyOnTheLastPageIsNoneMissing() {
    kill(0, 1_200);
    dead.keep(1_100);

    UnclaimedWork.Part seen = dead.look(clock.now(), 1_200L);

    assertThat(seen.sessions()).hasSize(1_100);
    assertThat(seen.cut()).isTrue();
  }

  @Test
  void aLetterThatLeftIsForgottenAtTheNextLookAlsoFromTheMiddle() {
    kill(0, 1_200);
    assertThat(dead.look(clock.now(), 1_200L).sessions().size()).isEqualTo(1_200);

    store.sessions().requeue(ORG, "s-3", Place.ANY, BY);
    stop("s-700");

    assertThat(ids(dead.look(clock.now(), 1_198L))).hasSize(1_198).doesNotContain("s-3", "s-700");
  }

  @Test
  void anEndedSessionThatRunsAgainIsForgottenAfterAWhile() {
    end(0, 1_200);
    takes = Duration.ofMillis(1);
    while (ended.look(clock.now(), null).reading()) {
      // reads on
    }
    store.sessions().requeue(ORG, "s-3", Place.ANY, BY);

    int looks = 0;
    while (ended.look(clock.now(), null).sessions().size() == 1_200) {
      pass(Duration.ofSeconds(1));
      looks++;
    }
    assertThat(looks).isBetween(1, 6);
  }

  @Test
  void anEmptyListIsReadWhenItFills() {
    assertThat(ended.look(clock.now(), null).reading()).isFalse();
    end(0, 700);

    assertThat(ended.look(clock.now(), null).sessions().size()).isEqualTo(700);
  }

  private PastScan scan(Place place) {
    return scan(place, Duration.ofMinutes(2));
  }

  private PastScan scan(Place place, Duration late) {
    return new PastScan(
        (from, limit) -> {
          read.add(limit);
          pass(takes);
          return rows(place, from, limit);
        },
        late.toMillis(),
        nanos::get);
  }

  private Page<Session> rows(Place place, @Nullable Cursor from, int limit) {
    return store.sessions().rows(ORG, null, place, from, limit);
  }

  private static List<String> ids(UnclaimedWork.Part latest) {
    return latest.sessions().stream().map(Session::id).toList();
  }

  private List<String> listed(Place place) {
    return Page.all(from -> rows(place, from, Page.MAX)).stream().map(Session::id).toList();
  }

  private void claim(String id) {
    TestWorkers.register(store, ORG, "w", 1);
    store.work().enqueue(ORG, List.of(work(id, 0)));
    store.workers().poll(new PollRequest(new WorkerRef(ORG, "w", null), "request", 1));
  }

  private void stop(String id) {
    store.sessions().stop(ORG, id, new StopMessage("", null, null), Place.ANY, BY);
  }

  private void release(String id) {
    store
        .sessions()
        .report(
            ORG,
            id,
            new Holder("w", null, 0),
            new StatusReport(SessionState.STOPPED, new TreeMap<>(), -1));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void end(int from, int count) {
    for (int i = from; i < from + count; i++) {
      store.work().enqueue(ORG, List.of(work("s-" + i, 0)));
      stop("s-" + i);
      clock.jump(gap);
    }
  }

  private void kill(int from, int count) {
    for (int i = from; i < from + count; i++) {
      store.work().enqueue(ORG, List.of(work("s-" + i, clock.now() + 1)));
      clock.jump(Duration.ofMillis(2));
      store.upkeep().sweepStep(ORG);
    }
  }

  private NewWork work(String id, long deadline) {
    return new NewWork(
        id, id, id, "web", List.of(), 3, clock.now(), 0, deadline, "hash of " + id, "{}");
  }
}
