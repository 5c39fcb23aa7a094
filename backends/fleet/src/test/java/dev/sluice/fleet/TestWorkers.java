package dev.sluice.fleet;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.List;

final class TestWorkers {

  private TestWorkers() {}

  /** The host is named "host". */
  static void register(QueueBackend store, String org, String id, int slots) {
    store
        .workers()
        .register(
            org,
            new Registration(
                id,
                "key-1",
                Dialect.STANDARD,
                "host",
                slots,
                Projects.ALL,
                List.of(),
                false,
                "{}"));
  }
}
