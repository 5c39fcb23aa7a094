package dev.sluice.service.resources.open;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Inboxes;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.PublicStatus;
import dev.sluice.service.api.answers.ActivityLists.Told;
import dev.sluice.service.api.answers.PublicAnswers.One;
import dev.sluice.service.api.answers.PublicAnswers.Prompted;
import dev.sluice.service.api.answers.PublicAnswers.Reconnected;
import dev.sluice.service.api.answers.PublicAnswers.Stopped;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.IdempotencyKey;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.SessionContent;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Protocol 4.14. */
@Path("api/public/sessions/{publicId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PublicSessionResource {

  private static final String KEY = "idempotencyKey";

  private final Sessions sessions;
  private final Inboxes inboxes;
  private final SessionContent content;
  private final PublicIds ids;
  private final Clock clock;

  public PublicSessionResource(
      Sessions sessions, Inboxes inboxes, SessionContent content, PublicIds ids, Clock clock) {
    this.sessions = sessions;
    this.inboxes = inboxes;
    this.content = content;
    this.ids = ids;
    this.clock = clock;
  }

  @GET
  public One get(@Auth Caller caller, @PathParam("publicId") String publicId) {
    caller.require(Scope.FLEET_READ);
    return One.of(ids, find(caller, publicId), clock.instant());
  }

  @GET
  @Path("activities")
  public Told activities(
      @Auth Caller caller,
      @PathParam("publicId") String publicId,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    caller.require(Scope.FLEET_READ, Scope.WORK_READ);
    PublicIds.check(publicId);
    long behind = Paging.after("after", after);
    int most = Paging.limit(limit);
    Session session = find(caller, publicId);
    return Told.of(session, content.activities(caller, session, behind, most), behind);
  }

  /**
   * Sends the prompt as a directive; an ended session is requeued first. A repeat with the same
   * {@code idempotencyKey} sends nothing and gets the first message.
   */
  @POST
  @Path("prompt")
  public Response prompt(@Auth Caller caller, @PathParam("publicId") String publicId, byte[] body) {
    Actor actor = actor(caller);
    PublicIds.check(publicId);
    JsonBody json = JsonBody.of(body);
    String prompt = json.requiredText("prompt", NewMessage.MAX_PAYLOAD_BYTES);
    if (prompt.isBlank()) {
      throw ApiException.invalid("prompt", "must not be blank");
    }
    String key = json.name(KEY);
    Session session = find(caller, publicId);
    IdempotencyKey call = IdempotencyKey.of(key, actor, "prompt\n" + session.id(), json);
    MessageType type = MessageType.DIRECTIVE;
    NewMessage message =
        new NewMessage(type, type.lane(), prompt, actor.name(), null).bearing(call.part(0));
    Delivered delivered = deliver(actor, session, message);
    String status = PublicStatus.of(delivered.session());
    String messageId = delivered.sent().message().id();
    return IdempotencyKey.answer(
        Response.ok(new Prompted(true, messageId, ids.shortForm(session.id()), status, status)),
        delivered.sent().replayed());
  }

  /** Also for a repeat; an ended session stays unchanged. */
  @POST
  @Path("stop")
  public Stopped stop(@Auth Caller caller, @PathParam("publicId") String publicId, byte[] body) {
    Actor actor = actor(caller);
    PublicIds.check(publicId);
    JsonBody.ofOptional(body);
    Session before = find(caller, publicId);
    Session after =
        sessions
            .stop(actor.org(), before.id(), actor.stopMessage(), Place.ANY, actor.note())
            .value()
            .session();
    return new Stopped(
        after.state() == SessionState.STOPPED,
        ids.shortForm(after.id()),
        PublicStatus.of(before),
        PublicStatus.of(after));
  }

  /** Changes nothing. */
  @POST
  @Path("reconnect")
  public Reconnected reconnect(
      @Auth Caller caller, @PathParam("publicId") String publicId, byte[] body) {
    Actor reader = caller.require(Scope.FLEET_READ);
    PublicIds.check(publicId);
    long after = Paging.after("cursor", JsonBody.ofOptional(body).string("cursor"));
    Session session = find(caller, publicId);
    int missed = missed(reader.org(), session.id(), after);
    boolean live = session.place().waits() || !session.state().terminal();
    return new Reconnected(live, ids.shortForm(session.id()), PublicStatus.of(session), missed);
  }

  private int missed(String org, String id, long after) {
    int missed = 0;
    List<Activity> some = sessions.activities(org, id, after, Page.MAX).value();
    while (!some.isEmpty() && missed < Page.MAX) {
      missed += some.size();
      some = sessions.activities(org, id, some.get(some.size() - 1).id(), Page.MAX).value();
    }
    return missed;
  }

  private record Delivered(Session session, SendResult sent) {}

  private Delivered deliver(Actor actor, Session session, NewMessage message) {
    return Refusals.except(
        Set.of(Refusal.KEY_REUSED),
        () -> wakeAndSend(actor, session, message),
        reason -> {
          throw ApiException.keyReused(KEY);
        });
  }

  private Delivered wakeAndSend(Actor actor, Session session, NewMessage message) {
    if (session.place() != Place.ENDED && session.place() != Place.DEAD) {
      return new Delivered(session, send(actor, session, message));
    }
    Optional<SendResult> before =
        message.idempotency() == null ? Optional.empty() : replay(actor, session, message);
    if (before.isPresent()) {
      return new Delivered(session, before.get());
    }
    Session awake = awake(actor, session);
    return new Delivered(awake, send(actor, session, message));
  }

  /** An ended session accepts no new message, so any answer is that of an earlier call. */
  private Optional<SendResult> replay(Actor actor, Session session, NewMessage message) {
    return Refusals.<Optional<SendResult>>except(
        Set.of(Refusal.WRONG_STATE),
        () -> Optional.of(send(actor, session, message)),
        reason -> Optional.empty());
  }

  private Session awake(Actor actor, Session session) {
    // Where another prompt was sooner, it waits by now, and the message reaches it all the same.
    return Refusals.except(
        Set.of(Refusal.WRONG_STATE),
        () -> sessions.requeue(actor.org(), session.id(), Place.ANY, actor.note()).value(),
        reason -> sessions.find(actor.org(), session.id()).value());
  }

  private SendResult send(Actor actor, Session session, NewMessage message) {
    return inboxes.send(actor.org(), session.id(), message, actor.note()).value();
  }

  private Session find(Caller caller, String publicId) {
    PublicIds.check(publicId);
    return ProjectBounds.visible(caller, sessions.findPublic(caller.org(), publicId).value());
  }

  private static Actor actor(Caller caller) {
    return caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
  }
}
