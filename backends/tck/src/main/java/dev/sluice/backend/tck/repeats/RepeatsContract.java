package dev.sluice.backend.tck.repeats;

import org.junit.jupiter.api.Nested;

public abstract class RepeatsContract {

  @Nested
  class Writes extends TwiceCases {}
}
