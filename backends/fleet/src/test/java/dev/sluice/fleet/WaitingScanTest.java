package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingScanTest {

  private static final String ORG = "org";

  private final QueueBackend store = new MemoryBackend(Rules.DEFAULTS, new MovableClock());
  private final AtomicLong nanos = new AtomicLong();
  private long nowMs = 1_000_000;
  private final List<String> read = new ArrayList<>();
  private Duration takes = Duration.ZERO;
  private @Nullable RuntimeException failure;

  private final WaitingScan scan =
      new WaitingScan(
          (project, place, from, limit) -> {
            read.add(project + " " + limit);
            pass(takes);
            if (failure != null) {
              throw failure;
            }
            return Standing.sessions(store.work().standings(ORG, project, place, from, limit));
          },
          nanos::get);

  @Test
  void theFirstScanGoesOnOverSomeLooksAndSaysSo() {
    enqueue("web", 250);
    takes = Duration.ofMillis(15);

    UnclaimedWork.Part first = look();
    assertThat(first.sessions()).hasSize(WaitingScan.STEP);
    assertThat(first.reading()).isTrue();
    assertThat(look().sessions()).hasSize(2 * WaitingScan.STEP);
    UnclaimedWork.Part all = look();

    assertThat(all.sessions()).hasSize(250);
    assertThat(all.sessions().get(249).id()).isEqualTo("web-00249");
    assertThat(all.reading()).isFalse();
    assertThat(all.cut()).isFalse();
  }

  @Test
  void aLaterScanRestsBeforeAndTheLastOneStandsMeanwhile() {
    enqueue("web", 250);
    takes = Duration.ofMillis(15);
    while (look().reading()) {
      // reads on
    }
    cancel("web-00000");
    read.clear();

    pass(Duration.ofMillis(50 * 3 * 15 - 1));
    assertThat(look().sessions()).hasSize(250);
    assertThat(read).as("rests").isEmpty();
    pass(Duration.ofMillis(1));
    for (int looks = 0; looks < 2; looks++) {
      UnclaimedWork.Part before = look();
      assertThat(before.sessions()).hasSize(250);
      assertThat(before.reading()).isFalse();
    }
    assertThat(look().sessions()).hasSize(249);
    assertThat(read).hasSize(3);
  }

  @Test
  void anOldScanStandsUntilTheNextOneAndSaysSo() {
    enqueue("web", 250);
    assertThat(look().reading()).isFalse();
    cancel("web-00000");
    takes = Duration.ofMillis(15);

    nowMs += 31_000;

    for (int looks = 0; looks < 2; looks++) {
      UnclaimedWork.Part old = look();
      assertThat(old.sessions()).hasSize(250);
      assertThat(old.reading()).isTrue();
    }
    UnclaimedWork.Part seen = look();
    assertThat(seen.sessions()).hasSize(249);
    assertThat(seen.reading()).isFalse();
  }

  @Test
  void aScanThatNobodyWaitedForBeginsAgain() {
    enqueue("web", 250);
    takes = Duration.ofMillis(15);
    assertThat(look().sessions()).hasSize(WaitingScan.STEP);
    cancel("web-00000");

    nowMs += 31_000;
    look();
    look();
    UnclaimedWork.Part all = look();

    assertThat(all.reading()).isFalse();
    assertThat(all.sessions()).hasSize(249);
  }

  @Test
  void aReadThatFailsIsRepeated() {
    enqueue("web", 5);
    failure = new BackendUnavailableException("away", true, new IOException());
    assertThatThrownBy(this::look).isSameAs(failure);
    failure = null;

    assertThat(look().sessions()).hasSize(5);
  }

  @Test
  void aListThatIsRefusedIsLeftOutAndSaid() {
    enqueue("web", 5);
    failure = RefusedException.of(Refusal.DAMAGED, "web");

    UnclaimedWork.Part seen = look();

    assertThat(seen.sessions()).isEmpty();
    assertThat(seen.reading()).isFalse();
    assertThat(seen.cut()).isTrue();
  }

  @Test
  void theFirstTenThousandAreKeptAndALongListLeavesRoomForOthers() {
    enqueue("app", UnclaimedWork.MOST_KEPT + 300);
    enqueue("web", 30);

    UnclaimedWork.Part seen = look();

    assertThat(seen.sessions()).hasSize(UnclaimedWork.MOST_KEPT);
    assertThat(seen.sessions().stream().filter(session -> session.project().equals("web")))
        .hasSize(30);
    assertThat(seen.cut()).isTrue();
    assertThat(seen.reading()).isFalse();
  }

  @Test
  void ofManyProjectsEachIsReadALittle() {
    for (int i = 0; i < 100; i++) {
      enqueue("p" + i, 110);
    }

    UnclaimedWork.Part seen = look();

    assertThat(seen.sessions()).hasSize(UnclaimedWork.MOST_KEPT);
    assertThat(seen.sessions().stream().map(Session::project).distinct()).hasSize(100);
    assertThat(seen.cut()).isTrue();
  }

  @Test
  void exactlyTenThousandAreAll() {
    enqueue("web", UnclaimedWork.MOST_KEPT);

    assertThat(look().sessions()).hasSize(UnclaimedWork.MOST_KEPT);
    assertThat(look().cut()).isFalse();
  }

  @Test
  void projectsWithoutWaitingWorkCostNoCall() {
    enqueue("web", 1);
    cancel("web-00000");

    assertThat(look().reading()).isFalse();
    assertThat(read).isEmpty();
  }

  private UnclaimedWork.Part look() {
    return scan.look(nowMs, store.queues().list(ORG, null, Page.MAX));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void cancel(String id) {
    store
        .sessions()
        .stop(ORG, id, new StopMessage("", null, null), Place.ANY, new AuditNote("test", ""));
  }

  private void enqueue(String project, int count) {
    store
        .work()
        .enqueue(
            ORG,
            IntStream.range(0, count)
                .mapToObj(i -> work(project + String.format("-%05d", i), project))
                .toList());
  }

  private static NewWork work(String id, String project) {
    return new NewWork(id, id, id, project, List.of(), 3, 1, 0, 0, "hash of " + id, "{}");
  }
}
