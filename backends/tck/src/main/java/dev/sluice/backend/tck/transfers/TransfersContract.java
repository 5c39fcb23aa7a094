package dev.sluice.backend.tck.transfers;

import org.junit.jupiter.api.Nested;

public abstract class TransfersContract {

  @Nested
  class Closures extends ClosureCases {}

  @Nested
  class ClosedCalls extends ClosedCallCases {}

  @Nested
  class ClosedTime extends ClosedTimeCases {}

  @Nested
  class Reads extends ReadCases {}

  @Nested
  class Imports extends ImportCases {}

  @Nested
  class Discards extends DiscardCases {}

  @Nested
  class Copies extends CopyCases {}
}
