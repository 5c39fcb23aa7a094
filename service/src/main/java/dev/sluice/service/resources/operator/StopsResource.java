package dev.sluice.service.resources.operator;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.control.StopReport;
import dev.sluice.control.StopReports;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.StopAnswers.Ordered;
import dev.sluice.service.api.answers.StopAnswers.Receipts;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.Paging;
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
import org.jspecify.annotations.Nullable;

@Path("api/stops")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StopsResource {

  private final FleetControl control;
  private final StopReports receipts;

  public StopsResource(FleetControl control, StopReports receipts) {
    this.control = control;
    this.receipts = receipts;
  }

  /** Answers after all sessions were stopped. After a 503, repeat the call to stop the rest. */
  @POST
  public Response order(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    JsonBody json = JsonBody.ofOptional(body);
    String project = json.name("project");
    caller.requireProject(project);
    Actor because = actor.because(Reasons.of(json));
    json.require("pause", JsonNodeType.BOOLEAN, "must be true or false");
    boolean pause = "true".equals(json.raw("pause"));
    return Response.accepted(Ordered.of(control.stopAll(because, project, pause))).build();
  }

  @GET
  @Path("{id}")
  public Receipts get(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ).org();
    String known = PathIds.check("stop id", id);
    int most = Paging.limit(limit);
    long from = Paging.after("cursor", cursor);
    if (from > StopOrders.MAX_TARGETS) {
      throw ApiException.invalid("cursor", "is not one of this server");
    }
    StopReport report = receipts.of(org, known);
    @Nullable String project = report.run().project();
    if (project == null ? caller.bound() : !caller.sees(project)) {
      throw ApiException.stopNotFound();
    }
    return Receipts.of(report, (int) from, most);
  }
}
