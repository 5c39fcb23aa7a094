package dev.sluice.service.resources;

import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Scope;
import dev.sluice.backend.Standing;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.WhyItWaits;
import dev.sluice.backend.WorkQueue;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.SessionAnswer.Stopped;
import dev.sluice.service.api.WorkAnswers.Bulk;
import dev.sluice.service.api.WorkAnswers.Item;
import dev.sluice.service.api.WorkAnswers.Work;
import dev.sluice.service.api.WorkItems;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.errors.Refusals;
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
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A producer's calls: protocol section 5. */
@Path(WorkResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkResource {

  static final String PATH = "api/work";

  private final FleetControl control;
  private final WorkQueue work;
  private final WorkItems items;
  private final WorkerSnapshots snapshots;
  private final Clock clock;

  public WorkResource(
      FleetControl control,
      WorkQueue work,
      WorkItems items,
      WorkerSnapshots snapshots,
      Clock clock) {
    this.control = control;
    this.work = work;
    this.items = items;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * One item: 201, 200 for a repeat, 409 where its id is taken by other content. With {@code
   * items}: 200 with a result for each, in order. Else 400 that names the field, 401, 403, 413, 429
   * while the org has too much waiting work, 503.
   */
  @POST
  public Response enqueue(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    JsonBody json = JsonBody.of(body);
    if (json.mentions("items")) {
      return Response.ok(bulk(actor, json.elements("items", Bulks.MAX))).build();
    }
    Enqueued enqueued = control.enqueue(actor, List.of(items.read(json))).get(0);
    if (enqueued.refusal() != null) {
      return Refusals.answer(enqueued.refusal());
    }
    return Response.status(enqueued.duplicate() ? 200 : 201).entity(Item.of(enqueued)).build();
  }

  /** 200, with the reasons where it waits; 401, 403, 404, 503. */
  @GET
  @Path("{id}")
  public Work get(@Auth Caller caller, @PathParam("id") String id) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_READ);
    Standing standing = work.standing(actor.org(), PathIds.check("session id", id)).value();
    return Work.of(
        standing.session(),
        standing.session().place().waits()
            ? WhyItWaits.reasons(standing, snapshots.of(actor.org()), clock.millis())
            : List.of());
  }

  /**
   * Cancels: 200; running work is stopped, ended work stays as it is; 400, 401, 403, 404, 503.
   *
   * @param why for the audit line
   */
  @DELETE
  @Path("{id}")
  public Stopped cancel(
      @Auth Caller caller, @PathParam("id") String id, @QueryParam("reason") @Nullable String why) {
    Actor actor = caller.require(Scope.WORK_WRITE).because(Reasons.of(why));
    StopOrder order = new StopOrder("cancelled", actor.name(), null);
    return Stopped.of(control.stop(actor, PathIds.check("session id", id), order).session());
  }

  private Bulk bulk(Actor actor, List<String> elements) {
    return new Bulk(
        Bulks.each(
            elements,
            items::read,
            work -> control.enqueue(actor, work),
            WorkResource::answer,
            bad -> Item.refused(null, bad.status(), bad.body())));
  }

  private static Item answer(Enqueued enqueued) {
    @Nullable Refusal refusal = enqueued.refusal();
    return refusal == null
        ? Item.of(enqueued)
        : Item.refused(enqueued.sessionId(), Refusals.status(refusal), Refusals.body(refusal));
  }
}
