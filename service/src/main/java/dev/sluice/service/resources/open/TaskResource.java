package dev.sluice.service.resources.open;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.TaskBody;
import dev.sluice.service.api.answers.PublicAnswers.Entry;
import dev.sluice.service.api.answers.open.CostReport;
import dev.sluice.service.api.answers.open.TaskAnswers.Fleet;
import dev.sluice.service.api.answers.open.TaskAnswers.Forwarded;
import dev.sluice.service.api.answers.open.TaskAnswers.Stopped;
import dev.sluice.service.api.answers.open.TaskAnswers.Submitted;
import dev.sluice.service.api.items.TraceParent;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.resources.Enqueuer;
import dev.sluice.service.resources.IdempotencyKey;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.StrictQuery;
import dev.sluice.service.resources.TraceHeaders;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Go CLI's calls about tasks. A task is a session. */
@Path("api/mcp")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@StrictQuery
public final class TaskResource {

  private static final String TASK = "taskId";

  private final QueueBackend backend;
  private final Enqueuer enqueuer;
  private final PublicActs acts;
  private final CountedSessions counted;
  private final PublicIds ids;
  private final Clock clock;

  public TaskResource(QueueBackend backend, Enqueuer enqueuer, PublicIds ids, Clock clock) {
    this.backend = backend;
    this.enqueuer = enqueuer;
    this.acts = new PublicActs(backend.sessions(), backend.inboxes());
    this.counted = new CountedSessions(backend.sessions());
    this.ids = ids;
    this.clock = clock;
  }

  @POST
  @Path("submit-task")
  public Response submit(
      @Auth Caller caller,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @HeaderParam(TraceParent.NAME) List<String> parents,
      @HeaderParam(TraceParent.STATE) List<String> states,
      byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    JsonBody json = JsonBody.of(body);
    IdempotencyKey call = IdempotencyKey.ofHeader(key, actor, "submit", json);
    TaskBody task = TaskBody.read(json, caller.onlyProject());
    NewWork work =
        enqueuer
            .read(caller, task.item(), TraceHeaders.members(parents, states))
            .bearing(call.part(0));
    return enqueuer.one(actor, work, enqueued -> Response.ok(Submitted.of(enqueued, work, task)));
  }

  @POST
  @Path("stop-agent")
  public Stopped stop(@Auth Caller caller, byte[] body) {
    Actor actor = PublicActs.actor(caller);
    Session before = find(caller, JsonBody.of(body).requiredName(TASK));
    return Stopped.of(before, acts.stop(actor, before));
  }

  @POST
  @Path("forward-prompt")
  public Response forward(@Auth Caller caller, byte[] body) {
    Actor actor = PublicActs.actor(caller);
    JsonBody json = JsonBody.of(body);
    String task = json.requiredName(TASK);
    PublicActs.Prompt prompt = PublicActs.Prompt.read(json, "message");
    PublicActs.Delivered delivered = acts.prompt(actor, find(caller, task), prompt);
    return IdempotencyKey.answer(
        Response.ok(Forwarded.of(delivered.session(), delivered.sent())),
        delivered.sent().replayed());
  }

  /** Of one task, or of claimed and the latest ended sessions. */
  @GET
  @Path("cost-report")
  public CostReport costs(@Auth Caller caller, @QueryParam(TASK) @Nullable String task) {
    caller.require(Scope.FLEET_READ);
    if (task != null && !task.isEmpty()) {
      return CostReport.of(List.of(find(caller, PathIds.check(TASK, task))));
    }
    List<Session> sessions = new ArrayList<>(counted.claimed(caller));
    sessions.addAll(counted.ended(caller).sessions());
    return CostReport.of(sessions);
  }

  @GET
  @Path("list-fleet")
  public Fleet fleet(
      @Auth Caller caller,
      @QueryParam("status") List<String> status,
      @QueryParam("limit") @Nullable String limit) {
    caller.require(Scope.FLEET_READ);
    int most = Paging.limit(limit, Paging.SESSIONS);
    FleetList fleet = new FleetList(backend, caller, FleetList.statuses(status));
    Instant now = clock.instant();
    return Fleet.of(
        fleet.total(), fleet.first(most).stream().map(each -> Entry.of(ids, each, now)).toList());
  }

  private Session find(Caller caller, String task) {
    return EitherId.find(backend.sessions(), caller, TASK, task);
  }
}
