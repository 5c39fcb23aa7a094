package dev.sluice.service.resources.open;

import dev.sluice.backend.Page;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Sessions;
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
import org.jspecify.annotations.Nullable;

/** A session by its public id. */
@Path("api/public/sessions/{publicId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PublicSessionResource {

  private final Sessions sessions;
  private final PublicActs acts;
  private final SessionContent content;
  private final PublicIds ids;
  private final Clock clock;

  public PublicSessionResource(
      Sessions sessions, Inboxes inboxes, SessionContent content, PublicIds ids, Clock clock) {
    this.sessions = sessions;
    this.acts = new PublicActs(sessions, inboxes);
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

  @POST
  @Path("prompt")
  public Response prompt(@Auth Caller caller, @PathParam("publicId") String publicId, byte[] body) {
    Actor actor = PublicActs.actor(caller);
    PublicIds.check(publicId);
    PublicActs.Prompt prompt = PublicActs.Prompt.read(JsonBody.of(body), "prompt");
    PublicActs.Delivered delivered = acts.prompt(actor, find(caller, publicId), prompt);
    Session session = delivered.session();
    String status = PublicStatus.of(session);
    String messageId = delivered.sent().message().id();
    return IdempotencyKey.answer(
        Response.ok(new Prompted(true, messageId, ids.shortForm(session.id()), status, status)),
        delivered.sent().replayed());
  }

  /** Also for a repeat; an ended session stays unchanged. */
  @POST
  @Path("stop")
  public Stopped stop(@Auth Caller caller, @PathParam("publicId") String publicId, byte[] body) {
    Actor actor = PublicActs.actor(caller);
    PublicIds.check(publicId);
    JsonBody.ofOptional(body);
    Session before = find(caller, publicId);
    Session after = acts.stop(actor, before);
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
    List<Activity> some = sessions.activities(org, id, after, Page.MAX);
    while (!some.isEmpty() && missed < Page.MAX) {
      missed += some.size();
      some = sessions.activities(org, id, some.get(some.size() - 1).id(), Page.MAX);
    }
    return missed;
  }

  private Session find(Caller caller, String publicId) {
    PublicIds.check(publicId);
    return ProjectBounds.visible(caller, sessions.findPublic(caller.org(), publicId));
  }
}
