package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.control.Actor;
import dev.sluice.service.api.EndBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.WorkerAnswers.Info;
import dev.sluice.service.api.answers.WorkerAnswers.Released;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.resources.ProjectBounds;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DrainResource {

  private final Workers workers;
  private final ProjectBounds bounds;
  private final Clock clock;

  public DrainResource(Workers workers, ProjectBounds bounds, Clock clock) {
    this.workers = workers;
    this.bounds = bounds;
    this.clock = clock;
  }

  /** The worker gets only messages now. */
  @POST
  @Path("{id}/drain")
  public Info drain(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    return set(caller, id, body, true);
  }

  /** Lifts a quarantine too. */
  @POST
  @Path("{id}/undrain")
  public Info undrain(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    return set(caller, id, body, false);
  }

  /**
   * Drains the worker unless it is protected, and tells whether it can be removed. Only the first
   * of repeated calls has an audit line.
   */
  @POST
  @Path("{id}/release")
  public Released release(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String workerId = PathIds.check("worker id", id);
    bounds.worker(caller, workerId);
    Worker worker = workers.find(new WorkerRef(actor.org(), workerId, null));
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    long now = clock.millis();
    boolean drains = !worker.drained() && worker.protectedUntilMs() <= now;
    return Released.of(drains ? workers.drain(actor.org(), workerId, true, note) : worker, now);
  }

  /** An empty note removes it. */
  @PUT
  @Path("{id}/note")
  public Info note(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String workerId = PathIds.check("worker id", id);
    bounds.worker(caller, workerId);
    JsonBody read = JsonBody.of(body);
    String text = Reasons.required(read, "note");
    AuditNote note = actor.because(Reasons.of(read)).note();
    return Info.of(workers.setNote(actor.org(), workerId, text, note), clock.instant());
  }

  /** Until then the worker isn't named removable. */
  @PUT
  @Path("{id}/protection")
  public Info protect(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String workerId = PathIds.check("worker id", id);
    bounds.worker(caller, workerId);
    JsonBody read = JsonBody.of(body);
    long now = clock.millis();
    long until =
        EndBody.of(
            read, now, Workers.LONGEST_PROTECTION_MS, end -> Workers.protectionProblem(end, now));
    AuditNote note = actor.because(Reasons.of(read)).note();
    return Info.of(workers.protect(actor.org(), workerId, until, note), clock.instant());
  }

  @DELETE
  @Path("{id}/protection")
  public Info unprotect(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String workerId = PathIds.check("worker id", id);
    bounds.worker(caller, workerId);
    AuditNote note = actor.because(Reasons.of(reason)).note();
    return Info.of(workers.protect(actor.org(), workerId, 0, note), clock.instant());
  }

  private Info set(Caller caller, String id, byte[] body, boolean drain) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String workerId = PathIds.check("worker id", id);
    bounds.worker(caller, workerId);
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return Info.of(workers.drain(actor.org(), workerId, drain, note), clock.instant());
  }
}
