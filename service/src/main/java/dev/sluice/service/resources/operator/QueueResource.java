package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Queues;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.QueueBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.QueueAnswers.PausedAll;
import dev.sluice.service.api.answers.QueueAnswers.Queue;
import dev.sluice.service.api.answers.QueueAnswers.QueueList;
import dev.sluice.service.api.answers.QueueAnswers.ResumedAll;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.resources.Paging;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

@Path("api/queues")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class QueueResource {

  private static final String PROJECT = "project";

  private final Queues queues;
  private final FleetControl control;
  private final SealedCursors cursors;
  private final Clock clock;

  public QueueResource(Queues queues, FleetControl control, SealedCursors cursors, Clock clock) {
    this.queues = queues;
    this.control = control;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  public QueueList list(
      @Auth Caller caller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ).org();
    Cursor at = Paging.cursor(cursors.open(org, cursor));
    Page<ProjectQueue> page = queues.list(org, at, Paging.limit(limit));
    return QueueList.of(
        page.items().stream().filter(queue -> caller.sees(queue.project())).toList(),
        cursors.seal(org, Paging.text(page.next())));
  }

  /** Also for an unknown project. */
  @GET
  @Path("{project}")
  public Queue get(@Auth Caller caller, @PathParam(PROJECT) String project) {
    Actor actor = caller.require(Scope.FLEET_READ);
    return Queue.of(queues.find(actor.org(), project(caller, project)));
  }

  /** All projects of the caller that aren't paused. */
  @POST
  @Path("pause")
  public PausedAll pauseAll(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    JsonBody json = JsonBody.of(body);
    Actor because = actor.because(QueueBody.reasonForAll(json));
    long until = QueueBody.until(json, clock.millis());
    boolean dryRun = QueueBody.dryRun(json);
    return PausedAll.of(control.pauseAll(because, until, caller::sees, dryRun));
  }

  /** All projects that the caller paused at once, or all. */
  @POST
  @Path("resume")
  public ResumedAll resumeAll(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    JsonBody json = JsonBody.of(body);
    Actor because = actor.because(Reasons.of(json));
    boolean anyones = QueueBody.anyones(json);
    boolean dryRun = QueueBody.dryRun(json);
    return ResumedAll.of(control.resumeAll(because, anyones, caller::sees, dryRun));
  }

  @POST
  @Path("{project}/pause")
  public Queue pause(@Auth Caller caller, @PathParam(PROJECT) String project, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String name = project(caller, project);
    JsonBody json = JsonBody.of(body);
    AuditNote note = actor.because(QueueBody.reason(json)).note();
    long until = QueueBody.until(json, clock.millis());
    return Queue.of(queues.pause(actor.org(), name, until, note));
  }

  @POST
  @Path("{project}/resume")
  public Queue resume(@Auth Caller caller, @PathParam(PROJECT) String project, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String name = project(caller, project);
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return Queue.of(queues.resume(actor.org(), name, note));
  }

  /** Replaces both limits. */
  @PUT
  @Path("{project}/limits")
  public Queue limit(@Auth Caller caller, @PathParam(PROJECT) String project, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String name = project(caller, project);
    JsonBody json = JsonBody.of(body);
    AuditNote note = actor.because(Reasons.of(json)).note();
    return Queue.of(queues.limit(actor.org(), name, QueueBody.limits(json), note));
  }

  private static String project(Caller caller, String project) {
    caller.requireProject(PathIds.check(PROJECT, project));
    return project;
  }
}
