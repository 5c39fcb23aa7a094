package dev.sluice.service.resources.producer;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.SessionObject.Stopped;
import dev.sluice.service.api.answers.WorkAnswers.Bulk;
import dev.sluice.service.api.answers.WorkAnswers.Item;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import dev.sluice.service.api.items.ItemMembers;
import dev.sluice.service.api.items.TraceParent;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.dispatch.FollowedWork;
import dev.sluice.service.dispatch.Until;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.Bulks;
import dev.sluice.service.resources.Enqueuer;
import dev.sluice.service.resources.IdempotencyKey;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.TraceHeaders;
import dev.sluice.service.resources.Waits;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The enqueue of work. */
@Path(WorkResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkResource {

  static final String PATH = "api/work";

  private static final String ITEMS = "items";

  private final Enqueuer enqueuer;
  private final Sessions sessions;
  private final FollowedWork followed;
  private final WorkerSnapshots snapshots;
  private final ProjectBounds bounds;
  private final Clock clock;

  public WorkResource(
      Enqueuer enqueuer,
      Sessions sessions,
      FollowedWork followed,
      WorkerSnapshots snapshots,
      ProjectBounds bounds,
      Clock clock) {
    this.enqueuer = enqueuer;
    this.sessions = sessions;
    this.followed = followed;
    this.snapshots = snapshots;
    this.bounds = bounds;
    this.clock = clock;
  }

  @POST
  @Direct
  public Response enqueue(
      @Auth Caller caller,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @HeaderParam(TraceParent.NAME) List<String> parents,
      @HeaderParam(TraceParent.STATE) List<String> states,
      byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    JsonBody json = JsonBody.ofBulk(body, ITEMS, Bulks.MAX);
    IdempotencyKey call = IdempotencyKey.ofHeader(key, actor, "enqueue", json);
    Map<String, String> trace = TraceHeaders.members(parents, states);
    if (json.has(ITEMS)) {
      return bulk(caller, actor, call, trace, json.objects(ITEMS, 1, Bulks.MAX));
    }
    return enqueuer.one(
        actor,
        enqueuer.read(caller, json, trace).bearing(call.part(0)),
        enqueued -> Response.status(enqueued.duplicate() ? 200 : 201).entity(Item.of(enqueued)));
  }

  /** Waiting holds no thread. */
  @GET
  @Path("{id}")
  public void get(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait,
      @QueryParam("state") @Nullable String state,
      @Suspended AsyncResponse response) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_READ, Scope.WORK_READ);
    String sessionId = bounds.session(caller, id);
    Duration longest = Waits.orForEnd(wait);
    Until until = Waits.forEnd(wait) ? Until.END : Until.change(Waits.state(state));
    followed.follow(
        actor.org(),
        sessionId,
        until,
        longest,
        standing -> response.resume(shown(actor, caller.readsPrompts(), standing)),
        response::resume);
  }

  private Work shown(Actor actor, boolean prompts, Standing standing) {
    Session session = standing.session();
    return Work.of(
        session,
        prompts,
        session.place().waits()
            ? WhyItWaits.reasons(standing, snapshots.of(actor.org()), clock.millis())
            : List.of(),
        ItemMembers.unreadable(session.item()));
  }

  /** Stops running work; ended work stays unchanged. */
  @DELETE
  @Path("{id}")
  public Stopped cancel(
      @Auth Caller caller, @PathParam("id") String id, @QueryParam("reason") @Nullable String why) {
    Actor actor = caller.require(Scope.WORK_WRITE).because(Reasons.of(why));
    StopMessage order = new StopMessage("cancelled", actor.name(), null);
    String sessionId = bounds.session(caller, id);
    return Stopped.of(
        sessions.stop(actor.org(), sessionId, order, Place.ANY, actor.note()).session());
  }

  /** A bulk counts as a replay only if all of its items do. */
  private Response bulk(
      Caller caller,
      Actor actor,
      IdempotencyKey call,
      Map<String, String> trace,
      List<Optional<JsonBody>> items) {
    AtomicBoolean replayed = new AtomicBoolean();
    List<Item> results =
        Bulks.each(
            items,
            (index, element) -> enqueuer.read(caller, element, trace).bearing(call.part(index)),
            read -> enqueue(actor, read, replayed),
            WorkResource::answer,
            bad -> Item.refused(null, bad.status(), bad.body()));
    return IdempotencyKey.answer(Response.ok(new Bulk(results)), replayed.get());
  }

  private List<Enqueued> enqueue(Actor actor, List<NewWork> all, AtomicBoolean replayed) {
    List<Enqueued> results = enqueuer.allUnderOneKey(actor, all);
    replayed.set(results.stream().allMatch(Enqueued::replayed));
    return results;
  }

  private static Item answer(Enqueued enqueued) {
    @Nullable Refusal refusal = enqueued.refusal();
    return refusal == null
        ? Item.of(enqueued)
        : Item.refused(enqueued.sessionId(), Refusals.status(refusal), Refusals.body(refusal));
  }
}
