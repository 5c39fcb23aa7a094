package dev.sluice.service.resources.producer;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Places;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.WorkPatch;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import dev.sluice.service.api.answers.WorkAnswers.WorkList;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.ProjectBounds;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

@Path(WorkResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkOrderResource {

  private final WorkQueue work;
  private final ProjectBounds bounds;

  public WorkOrderResource(WorkQueue work, ProjectBounds bounds) {
    this.work = work;
    this.bounds = bounds;
  }

  @GET
  public WorkList list(
      @Auth Caller caller,
      @QueryParam("project") @Nullable String project,
      @QueryParam("place") @Nullable String place,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_READ);
    if (project == null) {
      throw ApiException.invalid("project", "is required");
    }
    caller.requireProject(PathIds.check("project", project));
    return WorkList.of(
        work.list(
            actor.org(),
            project,
            Places.listed("place", place),
            Paging.cursor(cursor),
            Paging.limit(limit, Paging.SESSIONS)),
        caller.readsPrompts());
  }

  @PATCH
  @Path("{id}")
  public Work patch(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    String sessionId = bounds.session(caller, id);
    JsonBody json = JsonBody.of(body);
    WorkPatch patch = WorkPatch.read(json);
    AuditNote note = actor.because(Reasons.of(json)).note();
    Session moved =
        patch.front()
            ? work.front(actor.org(), sessionId, note)
            : work.reprioritise(actor.org(), sessionId, patch.priority(), note);
    return Work.of(moved, caller.readsPrompts());
  }
}
