package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.workers.WorkerRef;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ParkedRaceTest {

  private static final int ORGS = 100;
  private static final int ROUNDS = 50;

  /** In many orgs, since the engine slows down as it fills. */
  @Test
  void whatComesBetweenTheLookAndTheSleepIsFound() throws Exception {
    for (int i = 0; i < ORGS; i++) {
      try (ParkedScene org = new ParkedScene(1)) {
        race(org);
      }
    }
  }

  private static void race(ParkedScene org) throws InterruptedException {
    WorkerRef worker = org.worker("w", ROUNDS);
    CyclicBarrier together = new CyclicBarrier(2);
    Thread producer =
        new Thread(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                await(together);
                org.enqueue("item-" + round);
              }
            });
    producer.setDaemon(true);
    producer.start();
    for (int round = 0; round < ROUNDS; round++) {
      await(together);
      assertThat(org.park(worker).sessions()).containsExactly("item-" + round);
    }
    producer.join();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
