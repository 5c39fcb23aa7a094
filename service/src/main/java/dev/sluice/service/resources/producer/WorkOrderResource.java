package dev.sluice.service.resources.producer;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Places;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.api.WorkPatch;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import dev.sluice.service.api.answers.WorkAnswers.WorkList;
import dev.sluice.service.api.items.Labels;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.resources.BatchPages;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.PlacePages;
import dev.sluice.service.resources.PlacePages.Wanted;
import dev.sluice.service.resources.ProjectBounds;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

@Path(WorkResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkOrderResource {

  private final QueueBackend backend;
  private final ProjectBounds bounds;
  private final SealedCursors cursors;

  public WorkOrderResource(QueueBackend backend, ProjectBounds bounds, SealedCursors cursors) {
    this.backend = backend;
    this.bounds = bounds;
    this.cursors = cursors;
  }

  @GET
  public WorkList list(
      @Auth Caller caller,
      @QueryParam("project") @Nullable String project,
      @QueryParam("place") @Nullable String place,
      @QueryParam(Labels.PARAMETER) List<String> label,
      @QueryParam(WorkBatch.PARAMETER) @Nullable String batch,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.WORK_WRITE, Scope.FLEET_READ).org();
    if (project != null) {
      caller.requireProject(PathIds.check("project", project));
    }
    SortedMap<String, String> labels = Labels.wanted(label);
    @Nullable WorkBatch ofBatch = WorkBatch.wanted(batch);
    boolean ready = project != null && labels.isEmpty() && ofBatch == null;
    Wanted wanted =
        Wanted.of(caller, project).in(Places.of("place", place, ready)).labelled(labels);
    int size = Paging.limit(limit, Paging.SESSIONS);
    @Nullable String at = cursors.open(org, cursor);
    PlacePages.All page =
        ofBatch == null
            ? new PlacePages(backend, org, wanted).page(at, size)
            : new BatchPages(backend.sessions(), org, ofBatch, wanted).page(at, size);
    return WorkList.of(page.sessions(), cursors.seal(org, page.next()), caller.readsPrompts());
  }

  @PATCH
  @Path("{id}")
  public Work patch(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    String sessionId = bounds.session(caller, id);
    JsonBody json = JsonBody.of(body);
    WorkPatch patch = WorkPatch.read(json);
    AuditNote note = actor.because(Reasons.of(json)).note();
    WorkQueue work = backend.work();
    Session moved =
        patch.front()
            ? work.front(actor.org(), sessionId, note)
            : work.reprioritise(actor.org(), sessionId, patch.priority(), note);
    return Work.of(moved, caller.readsPrompts());
  }
}
