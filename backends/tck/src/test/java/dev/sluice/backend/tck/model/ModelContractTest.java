package dev.sluice.backend.tck.model;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.QueueBackendContract;
import java.util.List;

/** The model keeps its own rules. */
class ModelContractTest extends QueueBackendContract {

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new ModelUnderTest(new ModelBackend(rules, clock));
  }

  private record ModelUnderTest(ModelBackend backend) implements BackendUnderTest {

    @Override
    public void damage(String org, String sessionId) {
      backend.damage(org, sessionId);
    }

    @Override
    public void loseItem(String org, String sessionId) {
      backend.loseItem(org, sessionId);
    }

    @Override
    public List<String> leftovers(String org) {
      return backend.leftovers(org);
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
