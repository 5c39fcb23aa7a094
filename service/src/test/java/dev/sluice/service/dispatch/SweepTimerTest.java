package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.backend.tck.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SweepTimerTest {

  private static final String ORG = "acme";

  private final MovableClock clock = new MovableClock();
  private final QueueBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);

  @Test
  void timeAheadByMoreThanAMinuteIsSetToTheClock() throws InterruptedException {
    aheadBy(Duration.ofMinutes(1).plusMillis(1));

    assertThat(verbs()).containsExactly("set-time", "look");
    assertThat(backend.upkeep().timesAhead()).isEmpty();
  }

  @Test
  void timeAheadByADayAtMost() throws InterruptedException {
    aheadBy(Duration.ofDays(1));

    assertThat(verbs()).containsExactly("set-time", "look");
  }

  @Test
  void aMinuteIsWaitedFor() throws InterruptedException {
    aheadBy(Duration.ofMinutes(1));

    assertThat(verbs()).containsExactly("look");
    assertThat(backend.upkeep().timesAhead()).containsEntry(ORG, 60_000L);
  }

  @Test
  void moreThanADayIsLeftToPeople() throws InterruptedException {
    aheadBy(Duration.ofDays(1).plusMillis(1));

    assertThat(verbs()).containsExactly("look");
    assertThat(backend.upkeep().timesAhead()).containsKey(ORG);
  }

  @Test
  void aNodeThatServesNoCallsSaysThatItLives() throws Exception {
    List<String> calls = new CopyOnWriteArrayList<>();
    CountDownLatch said = new CountDownLatch(1);
    Upkeep heard =
        (Upkeep)
            Proxy.newProxyInstance(
                Upkeep.class.getClassLoader(),
                new Class<?>[] {Upkeep.class},
                (proxy, method, arguments) -> {
                  calls.add(method.getName());
                  if (method.getName().equals("nodes")) {
                    said.countDown();
                  }
                  return method.invoke(backend.upkeep(), arguments);
                });
    SweepTimer timer =
        new SweepTimer(heard, () -> {}, () -> {}, Duration.ofMillis(1), () -> "no threads");

    timer.start();
    assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
    timer.stop();

    assertThat(calls).containsOnlyOnce("sweep");
  }

  /** Starts a node after the clock was ahead and corrected. */
  private void aheadBy(Duration time) throws InterruptedException {
    clock.jump(time);
    backend.audit().add(ORG, new AuditNote("usr-1", ""), "look", "an item", "");
    clock.setBack(time);
    SweepTimer timer =
        new SweepTimer(backend.upkeep(), () -> {}, () -> {}, Duration.ofHours(1), () -> null);
    timer.start();
    timer.stop();
  }

  private List<String> verbs() {
    return backend.audit().list(ORG, null, 10).items().stream().map(line -> line.verb()).toList();
  }
}
