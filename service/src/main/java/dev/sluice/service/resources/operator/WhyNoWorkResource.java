package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.fleet.QueueReader;
import dev.sluice.fleet.WaitingForWorker;
import dev.sluice.service.api.answers.WaitingAnswers.NoWork;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.resources.ProjectBounds;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** Why a worker doesn't get the work that waits. */
@Path("api/workers/{id}/why")
@Produces(MediaType.APPLICATION_JSON)
public final class WhyNoWorkResource {

  private final Workers workers;
  private final QueueReader queues;
  private final ProjectBounds bounds;
  private final Clock clock;

  public WhyNoWorkResource(Workers workers, QueueReader queues, ProjectBounds bounds, Clock clock) {
    this.workers = workers;
    this.queues = queues;
    this.bounds = bounds;
    this.clock = clock;
  }

  /** Groups of projects that the caller doesn't see are left out. */
  @GET
  public NoWork get(@Auth Caller caller, @PathParam("id") String id) {
    String org = caller.require(Scope.FLEET_READ).org();
    String workerId = PathIds.check("worker id", id);
    bounds.worker(caller, workerId);
    Worker worker = workers.find(new WorkerRef(org, workerId, null));
    return NoWork.of(
        worker,
        WaitingForWorker.of(
            queues,
            org,
            worker,
            caller.bound() ? caller.projects().names() : null,
            clock.millis()));
  }
}
