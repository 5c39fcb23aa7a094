package dev.sluice.service;

import dev.sluice.backend.QueueBackend;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.resources.Enqueuer;
import dev.sluice.service.resources.SessionContent;
import dev.sluice.service.resources.open.CliResource;
import dev.sluice.service.resources.open.PublicResource;
import dev.sluice.service.resources.open.PublicSessionResource;
import dev.sluice.service.resources.open.TaskResource;
import java.time.Clock;
import org.glassfish.jersey.server.ResourceConfig;

/** The calls of people and of the Go CLI, protocol 4.14. */
final class PublicFamily {

  private PublicFamily() {}

  static void install(
      ResourceConfig jersey,
      QueueBackend backend,
      WorkerSnapshots snapshots,
      Enqueuer enqueuer,
      SessionContent content,
      PublicIds ids,
      Clock clock) {
    jersey.register(new PublicResource(backend, snapshots, ids, clock));
    jersey.register(
        new PublicSessionResource(backend.sessions(), backend.inboxes(), content, ids, clock));
    jersey.register(new TaskResource(backend, enqueuer, ids, clock));
    jersey.register(new CliResource(backend.queues()));
  }
}
