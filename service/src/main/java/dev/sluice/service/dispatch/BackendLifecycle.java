package dev.sluice.service.dispatch;

import dev.sluice.backend.QueueBackend;
import io.dropwizard.lifecycle.Managed;

public final class BackendLifecycle implements Managed {

  private final QueueBackend backend;

  public BackendLifecycle(QueueBackend backend) {
    this.backend = backend;
  }

  @Override
  public void stop() {
    backend.close();
  }
}
