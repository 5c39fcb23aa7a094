package dev.sluice.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectQueueTest {

  private static final Pause PAUSE = new Pause("", "key-1", 1, 0);

  @Test
  void isOpenWithoutLimitsAndPause() {
    assertThat(queue(1_000, QueueLimits.NONE, 1_000_000, null).open()).isTrue();
  }

  @Test
  void isClosedByAPause() {
    ProjectQueue paused = queue(0, QueueLimits.NONE, 0, PAUSE);
    assertThat(paused.open()).isFalse();
    assertThat(paused.capped()).isFalse();
    assertThat(paused.overBudget()).isFalse();
  }

  @Test
  void isCappedWhenAsManyAreClaimedAsMayBe() {
    QueueLimits limits = new QueueLimits(2, null);
    assertThat(queue(1, limits, 0, null).open()).isTrue();
    assertThat(queue(2, limits, 0, null).capped()).isTrue();
    assertThat(queue(3, limits, 0, null).capped()).isTrue();
    assertThat(queue(3, limits, 0, null).open()).isFalse();
    assertThat(queue(0, new QueueLimits(0, null), 0, null).capped()).isTrue();
  }

  @Test
  void isOverItsBudgetWhenAllOfItIsSpent() {
    QueueLimits limits = new QueueLimits(null, 100L);
    assertThat(queue(9, limits, 99, null).open()).isTrue();
    assertThat(queue(9, limits, 100, null).overBudget()).isTrue();
    assertThat(queue(9, limits, 101, null).open()).isFalse();
    assertThat(queue(9, new QueueLimits(null, 0L), 0, null).overBudget()).isTrue();
  }

  @Test
  void limitsAreNotNegative() {
    assertThatThrownBy(() -> new QueueLimits(-1, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QueueLimits(null, -1L))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ProjectQueue queue(
      long claimed, QueueLimits limits, long spent, @Nullable Pause pause) {
    return new ProjectQueue("web", new Counts(5, 0, 0, 0, claimed, 0), limits, spent, pause, 0);
  }
}
