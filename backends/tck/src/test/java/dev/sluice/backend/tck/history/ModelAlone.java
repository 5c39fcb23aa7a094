package dev.sluice.backend.tck.history;

import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.model.ModelBackend;
import java.util.List;

/** The model as a backend. */
record ModelAlone(ModelBackend backend) implements BackendUnderTest {

  @Override
  public void damage(String org, String sessionId) {
    backend.damage(org, sessionId);
  }

  @Override
  public List<String> leftovers(String org) {
    return List.of(); // it computes what it shows, and shows all it has
  }

  @Override
  public void close() {
    backend.close();
  }
}
