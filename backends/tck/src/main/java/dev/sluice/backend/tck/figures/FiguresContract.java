package dev.sluice.backend.tck.figures;

import org.junit.jupiter.api.Nested;

public abstract class FiguresContract {

  @Nested
  class Counted extends CountedCases {}

  @Nested
  class Causes extends CauseCases {}

  @Nested
  class Gauges extends GaugeCases {}

  @Nested
  class Bounds extends FigureBoundCases {}
}
