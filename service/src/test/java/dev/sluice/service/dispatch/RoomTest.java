package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Hint;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.dispatch.ParkedScene.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomTest {

  private static final Projects WEB_ONLY = Projects.of(List.of("web"));
  private static final Profile ALL = new Profile(Projects.ALL, Set.of(), List.of(), false);
  private static final Profile WEB = new Profile(WEB_ONLY, Set.of(), List.of(), false);
  private static final Profile SCANS = new Profile(WEB_ONLY, Set.of("scan"), List.of(), true);

  private final Room room = new Room();
  private long numbers;

  @Test
  void theFirstThatSleepsIsWoken() {
    Waiter first = asleep(ALL);
    Waiter second = asleep(WEB);
    assertThat(room.wake(work("web"))).isSameAs(first);
    assertThat(room.wake(work("web"))).isSameAs(second);
    assertThat(room.wake(work("web"))).as("all look now").isNull();
  }

  @Test
  void oneThatFoundNothingHasItsOldPlace() {
    Waiter first = asleep(ALL);
    asleep(ALL);
    room.wake(work("web"));
    sleeps(first, ALL);

    assertThat(room.wake(work("web"))).isSameAs(first);
  }

  @Test
  void aWakeGoesOnBehindThoseThatFoundNothing() {
    List<Waiter> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(asleep(WEB));
    }
    Waiter other = asleep(ALL);
    Wake wake = work("web");
    for (int i = 0; i < 3; i++) {
      assertThat(room.wake(wake)).isSameAs(all.get(i));
      wake = goesOn(all.get(i), WEB);
    }
    assertThat(room.wake(wake)).as("three of a profile are enough").isSameAs(other);
    wake = goesOn(other, ALL);

    assertThat(room.wake(wake)).isNull();
  }

  @Test
  void behindASuccessOneMissIsEnough() {
    Waiter first = asleep(ALL);
    asleep(ALL);
    Wake wake = work("web").afterSuccess();
    room.wake(wake);

    assertThat(room.wake(goesOn(first, ALL))).isNull();
  }

  @Test
  void whatSuitsNobodyWakesNobody() {
    asleep(WEB);
    Waiter scans = asleep(SCANS);
    assertThat(room.wake(work("app"))).isNull();
    assertThat(room.wake(new Wake(Hint.Kind.BATCH, "render", 3, Map.of()))).isNull();

    assertThat(room.wake(new Wake(Hint.Kind.BATCH, "scan", 3, Map.of()))).isSameAs(scans);
  }

  @Test
  void oneWhoseWorkerIsFullWakesForItsWorkerAlone() {
    Waiter full = enter();
    room.rest(full, new Look(ALL, 0, true));
    assertThat(room.wake(work("web"))).isNull();

    assertThat(room.wakeWorker(full.workerId())).containsExactly(full);
  }

  @Test
  void whatComesWhileOneLooksMakesItLookAgain() {
    Waiter looking = enter();
    assertThat(room.wake(work("web"))).isNull();

    Room.Rest again = room.rest(looking, look(ALL));
    assertThat(again.next()).isEqualTo(Room.Next.LOOK_AGAIN);
    assertThat(again.wakes()).isEmpty();
    Room.Rest sleeps = room.rest(looking, look(ALL));
    assertThat(sleeps.next()).isEqualTo(Room.Next.SLEEP);
    assertThat(sleeps.wakes()).as("what came goes on").containsExactly(work("web"));
  }

  @Test
  void whatComesWhileOneLooksGoesOnWhenItLeaves() {
    Waiter looking = enter();
    room.wake(work("web"));
    room.wake(work("app"));

    assertThat(room.leave(looking, true)).containsExactlyInAnyOrder(work("web"), work("app"));
  }

  @Test
  void whereNoWorkIsLeftAWakeEndsWithTheLook() {
    Waiter misses = asleep(ALL);
    Waiter finds = asleep(ALL);
    assertThat(room.wake(work("web"))).isSameAs(misses);
    assertThat(room.wake(work("app"))).isSameAs(finds);

    assertThat(room.rest(misses, new Look(ALL, 1, false)).wakes()).isEmpty();
    assertThat(room.leave(finds, false)).isEmpty();
  }

  @Test
  void whereNoWorkIsLeftWhatCameMeanwhileStillGoesOn() {
    Waiter finds = asleep(ALL);
    room.wake(work("web"));
    room.wake(work("app"));

    assertThat(room.leave(finds, false)).contains(work("app"));
  }

  @Test
  void whereNoWorkIsLeftThereMayBeJobs() {
    Waiter finds = asleep(SCANS);
    Wake jobs = new Wake(Hint.Kind.BATCH, "scan", 3, Map.of());
    room.wake(jobs);

    assertThat(room.leave(finds, false)).containsExactly(jobs);
  }

  @Test
  void oneWhoseTimeIsOverWhileItLooksDoesNotSleep() {
    Waiter looking = enter();
    assertThat(room.end(looking)).isFalse();
    assertThat(room.rest(looking, look(ALL)).next()).isEqualTo(Room.Next.END);
    assertThat(room.all()).isEmpty();
  }

  @Test
  void oneThatSleepsIsEndedOnce() {
    Waiter waiter = asleep(ALL);
    assertThat(room.end(waiter)).isTrue();
    assertThat(room.end(waiter)).isFalse();
    assertThat(room.wake(work("web"))).isNull();
    assertThat(room.wakeWorker(waiter.workerId())).isEmpty();
  }

  @Test
  void workThatComesWhileOneLooksWhoseWorkerIsFullGoesPastIt() {
    Waiter full = enter();
    room.rest(full, new Look(ALL, 0, true));
    room.wakeWorker(full.workerId());
    Waiter free = enter();
    assertThat(room.wake(work("web"))).isNull();

    assertThat(room.rest(full, new Look(ALL, 0, true)).next()).isEqualTo(Room.Next.SLEEP);
    assertThat(room.rest(free, look(ALL)).next()).isEqualTo(Room.Next.LOOK_AGAIN);
  }

  private static Look look(Profile profile) {
    return new Look(profile, 1, true);
  }

  private static Wake work(String project) {
    return Wake.of(new Hint("org", Hint.Kind.WORK, project));
  }

  private Waiter enter() {
    long number = numbers++;
    WorkerRef worker = new WorkerRef("org", "w-" + number, null);
    Waiter waiter =
        new Waiter(
            number,
            new PollCall(worker, true, 5, Patience.of(Duration.ofDays(1), false)),
            new Asked());
    room.enter(waiter);
    return waiter;
  }

  private Waiter asleep(Profile profile) {
    Waiter waiter = enter();
    sleeps(waiter, profile);
    return waiter;
  }

  private List<Wake> sleeps(Waiter waiter, Profile profile) {
    Room.Rest rest = room.rest(waiter, look(profile));
    assertThat(rest.next()).isEqualTo(Room.Next.SLEEP);
    return rest.wakes();
  }

  /** Finds nothing; returns the one wake-up passed on. */
  private Wake goesOn(Waiter waiter, Profile profile) {
    List<Wake> wakes = sleeps(waiter, profile);
    assertThat(wakes).hasSize(1);
    return wakes.get(0).afterMiss(profile, waiter.number);
  }
}
