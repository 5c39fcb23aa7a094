package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.resources.ProjectBounds;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("api/sessions/{id}/requeue")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RequeueResource {

  private final Sessions sessions;
  private final ProjectBounds bounds;

  public RequeueResource(Sessions sessions, ProjectBounds bounds) {
    this.sessions = sessions;
    this.bounds = bounds;
  }

  @POST
  public Work requeue(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
    String sessionId = bounds.session(caller, id);
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return Work.of(
        sessions.requeue(actor.org(), sessionId, Place.ANY, note), caller.readsPrompts());
  }
}
