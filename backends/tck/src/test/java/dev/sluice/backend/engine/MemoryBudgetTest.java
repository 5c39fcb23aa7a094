package dev.sluice.backend.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static final Rules.Bounds BOUNDS = Rules.DEFAULTS.bounds().withMaxBytes(1_000);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final MemoryBudget budget = new MemoryBudget(1_000, nanos::get);

  @Test
  void anOrgHasWhatTheOthersLeave() {
    budget.note("a", 100);
    budget.note("a", 300);
    budget.note("b", 500);

    assertThat(left("a")).isEqualTo(500);
    assertThat(left("b")).isEqualTo(700);
    assertThat(left("new")).isEqualTo(200);
    budget.note("b", 2_000);
    assertThat(left("a")).as("full").isEqualTo(1);
    assertThat(left("b")).isEqualTo(700);
    budget.note("b", 0);
    assertThat(left("a")).isEqualTo(1_000);
  }

  @Test
  void anOrgThatNothingVisitsForAMinuteCountsNoMore() {
    budget.note("a", 100);
    budget.note("b", 500);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
    assertThat(left("a")).isEqualTo(500);
    budget.note("a", 200);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(left("a")).isEqualTo(1_000);
    assertThat(left("b")).isEqualTo(800);
    budget.note("b", 500);
    assertThat(left("a")).isEqualTo(500);
  }

  private long left(String org) {
    return budget.bounds(org, BOUNDS).maxAllBytes();
  }
}
