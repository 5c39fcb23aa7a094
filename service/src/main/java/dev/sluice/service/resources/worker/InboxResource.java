package dev.sluice.service.resources.worker;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.InboxBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.InboxAnswers.Acknowledged;
import dev.sluice.service.api.answers.InboxAnswers.Sent;
import dev.sluice.service.api.answers.PollAnswer.ClaimInfo;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.ClaimHeader;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.IdempotencyKey;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.SessionCallReader;
import dev.sluice.service.resources.SessionCallReader.Said;
import dev.sluice.service.resources.StrictQuery;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The inbox of a session. */
@Path("api/sessions/{id}/inbox")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class InboxResource {

  private final SessionCallReader calls;
  private final Inboxes inboxes;
  private final Sessions sessions;
  private final ProjectBounds bounds;

  public InboxResource(Sessions sessions, Inboxes inboxes, ProjectBounds bounds) {
    this.calls = new SessionCallReader(sessions);
    this.bounds = bounds;
    this.inboxes = inboxes;
    this.sessions = sessions;
  }

  /**
   * A {@code stop} stops the session, repeatable without a key. A repeat with the same {@code
   * Idempotency-Key} gets the first answer, also after the end.
   */
  @StrictQuery
  @POST
  public Response send(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      byte[] body) {
    Actor by = caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
    String sessionId = bounds.session(caller, id);
    JsonBody json = JsonBody.of(body);
    NewMessage message = InboxBody.message(json);
    Actor actor = by.because(Reasons.of(json));
    IdempotencyKey call = IdempotencyKey.ofHeader(key, actor, "send\n" + sessionId, json);
    if (message.type() == MessageType.STOP) {
      return Response.status(202).entity(stopped(actor, sessionId, message)).build();
    }
    SendResult sent =
        inboxes.send(actor.org(), sessionId, message.bearing(call.part(0)), actor.note());
    return IdempotencyKey.answer(
        Response.status(202).entity(new Sent(sent.message().id(), message.lane().wire())),
        sent.replayed());
  }

  /** 200 also for an unknown message. */
  @Direct
  @POST
  @Path("ack")
  public Acknowledged ack(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<Ack> said =
        calls.readUnnamed(caller, id, claim, () -> JsonBody.of(body), InboxResource::ack);
    AckResult result =
        inboxes.ack(
            said.org(),
            said.sessionId(),
            said.what().messageId(),
            said.what().lane(),
            said.holder());
    Session session = result.session();
    return new Acknowledged(
        true, session == null ? null : ClaimInfo.of(session, said.holder().workerId()));
  }

  private static Ack ack(JsonBody json) {
    return new Ack(json.requiredName("messageId"), InboxBody.requiredLane(json));
  }

  private record Ack(String messageId, Lane lane) {}

  private Sent stopped(Actor actor, String sessionId, NewMessage message) {
    StopMessage order = new StopMessage(message.payload(), message.userId(), message.userName());
    StopResult result = sessions.stop(actor.org(), sessionId, order, Place.ANY, actor.note());
    return new Sent(result.messageId(), Lane.URGENT.wire());
  }
}
