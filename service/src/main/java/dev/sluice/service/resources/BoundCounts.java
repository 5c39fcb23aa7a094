package dev.sluice.service.resources;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.auth.Caller;

public final class BoundCounts {

  private final QueueBackend backend;

  public BoundCounts(QueueBackend backend) {
    this.backend = backend;
  }

  public Counts of(Caller caller) {
    return caller.bound()
        ? caller.projects().names().stream()
            .map(project -> backend.queues().find(caller.org(), project).counts())
            .reduce(Counts.NONE, Counts::and)
        : backend.work().counts(caller.org());
  }
}
