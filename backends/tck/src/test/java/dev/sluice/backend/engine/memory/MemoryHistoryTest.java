package dev.sluice.backend.engine.memory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.history.HistoryContract;

/** The checker assumes that the engine answers many callers as it answers one. */
class MemoryHistoryTest extends HistoryContract {

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new MemoryUnderTest(rules, clock);
  }
}
