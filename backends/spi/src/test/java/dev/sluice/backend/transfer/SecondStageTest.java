package dev.sluice.backend.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SecondStageTest {

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void runs_one_behind_the_caller_in_order() {
    CountDownLatch ahead = new CountDownLatch(1);
    try (SecondStage stage = new SecondStage()) {
      stage.begin(
          () -> {
            await(ahead);
            done.add("first");
          });
      done.add("caller");
      ahead.countDown();
      stage.begin(() -> done.add("second"));
    }
    assertThat(done).containsExactly("caller", "first", "second");
  }

  @Test
  void runs_none_after_one_that_failed() {
    try (SecondStage stage = new SecondStage()) {
      stage.begin(
          () -> {
            throw new IllegalArgumentException("first");
          });
      assertThatThrownBy(() -> stage.begin(() -> done.add("second"))).hasMessage("first");
    }
    assertThat(done).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
