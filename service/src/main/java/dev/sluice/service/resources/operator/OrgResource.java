package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.OrgAnswers.Cleanup;
import dev.sluice.service.api.answers.OrgAnswers.Config;
import dev.sluice.service.api.answers.OrgAnswers.Time;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.ProjectNames;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The projects, the clean-up and the time of an org. */
@Path("api")
@Produces(MediaType.APPLICATION_JSON)
public final class OrgResource {

  private final ProjectNames projects;
  private final Upkeep upkeep;
  private final FleetControl control;
  private final SealedCursors cursors;

  public OrgResource(Queues queues, Upkeep upkeep, FleetControl control, SealedCursors cursors) {
    this.projects = new ProjectNames(queues);
    this.upkeep = upkeep;
    this.control = control;
    this.cursors = cursors;
  }

  @GET
  @Path("config")
  public Config config(
      @Auth Caller caller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    ProjectNames.requireReader(caller);
    int most = Paging.limit(limit);
    Cursor at = Paging.cursor(cursors.open(caller.org(), cursor));
    Page<String> page = projects.page(caller, at, most);
    return new Config(page.items(), cursors.seal(caller.org(), Paging.text(page.next())));
  }

  @POST
  @Path("cleanup")
  public Cleanup cleanup(@Auth Caller caller) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    caller.requireWholeOrg();
    return Cleanup.of(control.sweep(actor));
  }

  /**
   * Sets the org's stored time to the store's clock. Needs {@link Scope#KEYS_WRITE}, because it
   * affects all deadlines.
   */
  @POST
  @Path("time")
  @Consumes(MediaType.APPLICATION_JSON)
  public Time setTime(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.KEYS_WRITE);
    caller.requireWholeOrg();
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return Time.of(upkeep.setTime(actor.org(), note));
  }

  /**
   * Like {@link #cleanup}, for timers that can only send GET. Not for operators: the CSRF check
   * relies on the method.
   */
  @GET
  @Path("cleanup")
  public Cleanup cleanupByGet(@Auth Caller caller) {
    if (caller.mode() == Caller.Mode.OPERATOR) {
      throw ApiException.forbidden("Operators must use POST");
    }
    return cleanup(caller);
  }

  /** 405: the default HEAD would run a sweep. */
  @HEAD
  @Path("cleanup")
  public Response head() {
    throw new NotAllowedException("GET", new String[] {"POST"});
  }
}
