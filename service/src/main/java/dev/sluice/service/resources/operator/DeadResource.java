package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.WorkAnswers.DeadList;
import dev.sluice.service.api.answers.WorkAnswers.Discarded;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.resources.Paging;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("api/dead")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DeadResource {

  private final Sessions sessions;
  private final ProjectBounds bounds;
  private final SealedCursors cursors;

  public DeadResource(Sessions sessions, ProjectBounds bounds, SealedCursors cursors) {
    this.sessions = sessions;
    this.bounds = bounds;
    this.cursors = cursors;
  }

  @GET
  public DeadList list(
      @Auth Caller caller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ, Scope.WORK_WRITE).org();
    Cursor at = Paging.cursor(cursors.open(org, cursor));
    Page<Session> page = sessions.list(org, Place.DEAD, at, Paging.limit(limit, Paging.SESSIONS));
    return DeadList.of(
        page.items().stream().filter(caller::sees).toList(),
        cursors.seal(org, Paging.text(page.next())),
        caller.readsPrompts());
  }

  /** Requeues with fresh counts. */
  @POST
  @Path("{id}/requeue")
  public Work requeue(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
    String sessionId = bounds.session(caller, id);
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return Work.of(
        sessions.requeue(actor.org(), sessionId, Set.of(Place.DEAD), note), caller.readsPrompts());
  }

  /** It counts as ended. */
  @DELETE
  @Path("{id}")
  public Discarded discard(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
    String sessionId = bounds.session(caller, id);
    Actor because = actor.because(Reasons.of(reason));
    sessions.stop(
        actor.org(), sessionId, because.stopMessage(), Set.of(Place.DEAD), because.note());
    return new Discarded(true, sessionId);
  }
}
