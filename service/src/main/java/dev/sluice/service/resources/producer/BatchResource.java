package dev.sluice.service.resources.producer;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.answers.BatchAnswers.Added;
import dev.sluice.service.api.answers.BatchAnswers.Bulk;
import dev.sluice.service.api.answers.BatchAnswers.Job;
import dev.sluice.service.api.items.BatchItems;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.Bulks;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs for the batch lane. */
@Path(BatchResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BatchResource {

  static final String PATH = "api/batch-work";

  private static final String JOBS = "jobs";

  private final BatchLane lane;
  private final BatchItems items;

  public BatchResource(BatchLane lane, BatchItems items) {
    this.lane = lane;
    this.items = items;
  }

  @POST
  public Response add(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    caller.requireWholeOrg(); // jobs have no project
    JsonBody json = JsonBody.ofBulk(body, JOBS, Bulks.MAX);
    if (json.has(JOBS)) {
      return Response.ok(bulk(actor, json.objects(JOBS, 1, Bulks.MAX))).build();
    }
    BatchAdded added = lane.add(actor.org(), List.of(items.read(json))).get(0);
    if (added.refusal() != null) {
      return Refusals.jobAnswer(added.refusal());
    }
    return Response.status(added.duplicate() ? 200 : 201).entity(answer(added)).build();
  }

  @GET
  @Path("{id}")
  public Job get(@Auth Caller caller, @PathParam("id") String id) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_READ);
    caller.requireWholeOrg();
    return Job.of(lane.find(actor.org(), PathIds.check("batch job id", id)));
  }

  private Bulk bulk(Actor actor, List<Optional<JsonBody>> jobs) {
    return new Bulk(
        Bulks.each(
            jobs,
            (index, element) -> items.read(element),
            read -> lane.add(actor.org(), read),
            BatchResource::answer,
            bad -> Added.refused(null, bad.status(), bad.body())));
  }

  private static Added answer(BatchAdded added) {
    @Nullable Refusal refusal = added.refusal();
    return refusal == null
        ? Added.of(added)
        : Added.refused(added.jobId(), Refusals.status(refusal), Refusals.jobBody(refusal));
  }
}
