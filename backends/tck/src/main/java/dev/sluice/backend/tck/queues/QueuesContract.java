package dev.sluice.backend.tck.queues;

import org.junit.jupiter.api.Nested;

public abstract class QueuesContract {

  @Nested
  class Limits extends LimitCases {}

  @Nested
  class Budgets extends BudgetCases {}

  @Nested
  class Pauses extends PauseCases {}

  @Nested
  class Numbers extends CountCases {}

  @Nested
  class TheOldest extends OldestCases {}

  @Nested
  class Bounds extends BoundCases {}

  @Nested
  class Bytes extends StoredBytesCases {}
}
