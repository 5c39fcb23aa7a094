package dev.sluice.service.resources.worker;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.control.FleetControl;
import dev.sluice.service.api.HeartbeatBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.WorkerAnswers.Beat;
import dev.sluice.service.api.answers.WorkerAnswers.Deregistered;
import dev.sluice.service.api.answers.WorkerAnswers.Info;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.CheckOrder;
import dev.sluice.service.resources.ProjectBounds;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The heartbeat, the record and the deregistration of a worker. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkerResource {

  private final Workers workers;
  private final Heartbeats heartbeats;
  private final FleetControl control;
  private final ProjectBounds bounds;
  private final Clock clock;

  public WorkerResource(
      Workers workers,
      Heartbeats heartbeats,
      FleetControl control,
      ProjectBounds bounds,
      Clock clock) {
    this.workers = workers;
    this.heartbeats = heartbeats;
    this.control = control;
    this.bounds = bounds;
    this.clock = clock;
  }

  @Direct
  @POST
  @Path("{id}/heartbeat")
  public Beat heartbeat(@Auth WorkerCaller beating, @PathParam("id") String id, byte[] body) {
    WorkerRef worker = beating.caller().worker(id);
    Heartbeat heartbeat =
        CheckOrder.read(workers, worker, () -> HeartbeatBody.read(HeartbeatBody.parse(body)));
    return Beat.of(
        clock.instant(), heartbeat, heartbeats.note(beating.caller(), worker, heartbeat));
  }

  @GET
  @Path("{id}")
  public Info get(@Auth WorkerCaller asking, @PathParam("id") String id) {
    Caller caller = asking.caller();
    WorkerRef ref = caller.worker(id, Scope.FLEET_READ);
    bounds.worker(caller, id);
    return Info.of(
        caller.speaksForWorkers() ? CheckOrder.live(workers, ref) : workers.find(ref),
        clock.instant());
  }

  /** The reason counts unless the worker itself calls. */
  @DELETE
  @Path("{id}")
  public Deregistered delete(
      @Auth WorkerCaller leaving,
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String why) {
    Caller caller = leaving.caller();
    WorkerRef worker = caller.worker(id, Scope.FLEET_WRITE);
    bounds.worker(caller, id);
    AuditNote note = new AuditNote(caller.credentialId(), Reasons.of(why));
    return new Deregistered(
        true, control.deregister(worker, caller.speaksForWorkers() ? null : note));
  }
}
