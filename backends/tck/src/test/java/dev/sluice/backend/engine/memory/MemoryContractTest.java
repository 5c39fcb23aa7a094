package dev.sluice.backend.engine.memory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.contract.QueueBackendContract;

class MemoryContractTest extends QueueBackendContract {

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new MemoryUnderTest(rules, clock);
  }
}
