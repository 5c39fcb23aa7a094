package dev.sluice.service.resources.operator;

import dev.sluice.backend.QueueBackend;
import dev.sluice.control.FleetControl;
import java.time.Clock;
import org.glassfish.jersey.server.ResourceConfig;

/** The calls of operators that need the store alone. */
public final class OperatorResources {

  private OperatorResources() {}

  public static void install(
      ResourceConfig jersey, QueueBackend backend, FleetControl control, Clock clock) {
    jersey.register(new UnreadResource(backend.inboxes(), backend.sessions()));
    jersey.register(new BulkResource(control));
    jersey.register(new HostResource(control));
    jersey.register(new QueueResource(backend.queues(), control, clock));
    jersey.register(new AuditResource(backend.audit()));
    jersey.register(new HistoryResource(backend.figures(), clock));
    jersey.register(new OrgResource(backend.queues(), backend.upkeep(), control));
  }
}
