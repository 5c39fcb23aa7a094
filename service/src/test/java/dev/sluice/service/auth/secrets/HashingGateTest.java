package dev.sluice.service.auth.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.errors.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HashingGateTest {

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void aFloodIsTurnedAway() throws Exception {
    HashingGate gate = new HashingGate(2, 3);
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch open = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> taken = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        taken.add(threads.submit(() -> gate.pass(() -> count(both, open))));
      }
      both.await();
      AtomicInteger refused = new AtomicInteger();
      CountDownLatch firstRefused = new CountDownLatch(1);
      for (int i = 0; i < 4; i++) { // three of them find a place
        taken.add(
            threads.submit(
                () -> {
                  try {
                    return gate.pass(() -> count(both, open));
                  } catch (ApiException e) {
                    refused.incrementAndGet();
                    firstRefused.countDown();
                    return e.status();
                  }
                }));
      }
      firstRefused.await();
      assertThatThrownBy(() -> gate.pass(() -> 0)).isInstanceOf(ApiException.class);
      open.countDown();
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> each : taken) {
        answers.add(each.get());
      }
      assertThat(answers).containsExactlyInAnyOrder(200, 200, 200, 200, 200, 429);
      assertThat(refused).hasValue(1);
      assertThat(most).hasValueLessThanOrEqualTo(2);
      assertThat(gate.pass(() -> 1)).as("and then it is free again").isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void workThatFailsLeavesItsPlace() {
    HashingGate gate = new HashingGate(1, 0);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  gate.pass(
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(gate.pass(() -> 1)).isEqualTo(1);
  }

  private int count(CountDownLatch arrived, CountDownLatch open) {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    arrived.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      inside.decrementAndGet();
    }
    return 200;
  }
}
