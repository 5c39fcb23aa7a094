package dev.sluice.service.resources.producer;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.work.NewWork;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.api.answers.WorkAnswers.Item;
import dev.sluice.service.api.answers.WorkAnswers.Work;
import dev.sluice.service.api.answers.WorkBatchAnswers;
import dev.sluice.service.api.answers.WorkBatchAnswers.Added;
import dev.sluice.service.api.answers.WorkBatchAnswers.Batch;
import dev.sluice.service.api.answers.WorkBatchAnswers.Counts;
import dev.sluice.service.api.items.TraceParent;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.dispatch.FollowedBatch;
import dev.sluice.service.dispatch.FollowedWork;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.Bulks;
import dev.sluice.service.resources.Enqueuer;
import dev.sluice.service.resources.IdempotencyKey;
import dev.sluice.service.resources.TraceHeaders;
import dev.sluice.service.resources.Waits;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Work that is enqueued and followed as one. */
@Path("api/batches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkBatchResource {

  /** Since the look at their stages, or unreadable. */
  private static final Set<Refusal> GONE = Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED);

  private static final String ITEMS = "items";
  private static final String SESSION_ID = "sessionId";

  private final Enqueuer enqueuer;
  private final Sessions sessions;
  private final FollowedWork followed;

  public WorkBatchResource(Enqueuer enqueuer, Sessions sessions, FollowedWork followed) {
    this.enqueuer = enqueuer;
    this.sessions = sessions;
    this.followed = followed;
  }

  /** Enqueues all items or, if one is wrong, none. */
  @POST
  public Response add(
      @Auth Caller caller,
      @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
      @HeaderParam(TraceParent.NAME) List<String> parents,
      @HeaderParam(TraceParent.STATE) List<String> states,
      byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE);
    JsonBody json = JsonBody.ofBulk(body, ITEMS, WorkBatch.MAX_ITEMS);
    IdempotencyKey call = IdempotencyKey.ofHeader(key, actor, "batch", json);
    List<Optional<JsonBody>> elements = json.objects(ITEMS, 1, WorkBatch.MAX_ITEMS);
    WorkBatch batch = WorkBatch.of(call.name(() -> Secrets.randomHex(12)), elements.size());
    Map<String, String> trace = TraceHeaders.members(parents, states);
    List<NewWork> items = new ArrayList<>(elements.size());
    for (Optional<JsonBody> element : elements) {
      int item = items.size();
      items.add(read(caller, batch, item, element, trace).bearing(call.part(item)));
    }
    return answer(batch, enqueue(actor, items));
  }

  private NewWork read(
      Caller caller,
      WorkBatch batch,
      int item,
      Optional<JsonBody> element,
      Map<String, String> trace) {
    String path = ITEMS + "[" + item + "]";
    JsonBody given = element.orElseThrow(() -> ApiException.invalid(path, "must be an object"));
    try {
      if (given.mentions(SESSION_ID)) {
        throw ApiException.invalid(SESSION_ID, "must be absent: a batch names its sessions");
      }
      return enqueuer.read(caller, given, trace, () -> batch.session(item));
    } catch (ApiException e) {
      throw e.field() == null ? e : e.inside(path);
    }
  }

  private List<Enqueued> enqueue(Actor actor, List<NewWork> items) {
    List<Enqueued> results = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += Bulks.MAX) {
      int to = Math.min(items.size(), from + Bulks.MAX);
      results.addAll(enqueuer.allUnderOneKey(actor, items.subList(from, to)));
    }
    return results;
  }

  private static Response answer(WorkBatch batch, List<Enqueued> results) {
    int refused = 0;
    int duplicates = 0;
    List<Item> refusals = new ArrayList<>();
    for (Enqueued result : results) {
      Refusal refusal = result.refusal();
      if (refusal == null) {
        duplicates += result.duplicate() || result.replayed() ? 1 : 0;
        continue;
      }
      refused++;
      if (refusals.size() < WorkBatchAnswers.MOST_SHOWN) {
        refusals.add(
            Item.refused(result.sessionId(), Refusals.status(refusal), Refusals.body(refusal)));
      }
    }
    Refusal first = results.get(0).refusal();
    if (refused == results.size() && first != null) {
      return Refusals.answer(first); // nothing of it is there
    }
    int enqueued = results.size() - refused - duplicates;
    return IdempotencyKey.answer(
        Response.status(enqueued > 0 ? 201 : 200)
            .entity(new Added(batch.id(), batch.items(), enqueued, duplicates, refused, refusals)),
        results.stream().allMatch(Enqueued::replayed));
  }

  /** Waiting holds no thread. */
  @GET
  @Path("{id}")
  public void get(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait,
      @Suspended AsyncResponse response) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_READ, Scope.WORK_READ);
    WorkBatch batch = WorkBatch.parse(PathIds.check("batch id", id));
    if (batch == null) {
      throw ApiException.batchNotFound();
    }
    if (!Waits.onlyForEnd(wait)) {
      response.resume(shown(caller, batch));
      return;
    }
    new FollowedBatch(
            followed,
            sessions,
            actor.org(),
            batch,
            stage -> caller.sees(stage.project()),
            Waits.LONGEST,
            () -> resume(response, caller, batch),
            response::resume)
        .begin();
  }

  private void resume(AsyncResponse response, Caller caller, WorkBatch batch) {
    try {
      response.resume(shown(caller, batch));
    } catch (RuntimeException e) {
      response.resume(e);
    }
  }

  private Batch shown(Caller caller, WorkBatch batch) {
    List<Stage> stages = new ArrayList<>(batch.items());
    for (int from = 0; from < batch.items(); from += Page.MAX) {
      for (Stage stage : sessions.stages(caller.org(), batch.sessions(from, Page.MAX))) {
        if (caller.sees(stage.project())) {
          stages.add(stage);
        }
      }
    }
    if (stages.isEmpty()) {
      throw ApiException.batchNotFound();
    }
    List<Work> failures =
        stages.stream()
            .filter(WorkBatchAnswers::isFailure)
            .limit(WorkBatchAnswers.MOST_SHOWN)
            .flatMap(stage -> work(caller, stage.id()).stream())
            .toList();
    return Batch.of(batch, Counts.of(stages, batch.items()), failures);
  }

  private Optional<Work> work(Caller caller, String sessionId) {
    return Refusals.except(
        GONE,
        () -> Optional.of(Work.of(sessions.find(caller.org(), sessionId), caller.readsPrompts())),
        gone -> Optional.empty());
  }
}
