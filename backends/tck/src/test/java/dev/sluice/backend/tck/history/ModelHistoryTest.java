package dev.sluice.backend.tck.history;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.model.ModelBackend;

/** The model answers many callers as it answers one: what the checker takes for granted. */
class ModelHistoryTest extends HistoryContract {

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new ModelAlone(new ModelBackend(rules, clock));
  }
}
