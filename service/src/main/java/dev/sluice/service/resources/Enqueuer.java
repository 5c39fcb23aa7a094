package dev.sluice.service.resources;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.api.items.WorkItems;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads items within the projects of their callers, and enqueues them. */
public final class Enqueuer {

  private final WorkQueue work;
  private final WorkItems items;
  private final Set<String> attestedOrgs;

  /**
   * @param attestedOrgs whose work goes only to workers that attest its levels
   */
  public Enqueuer(
      QueueBackend backend, Clock clock, PublicIds publicIds, Set<String> attestedOrgs) {
    this.attestedOrgs = attestedOrgs;
    work = backend.work();
    items = new WorkItems(clock, publicIds);
  }

  /**
   * Refuses the id of a batch's session, by which an item would enter the batch.
   *
   * @param trace of {@link TraceHeaders}
   */
  public NewWork read(Caller caller, JsonBody item, Map<String, String> trace) {
    NewWork read = read(caller, item, trace, () -> "ses_" + Secrets.randomHex(12));
    if (WorkBatch.hasSession(read.sessionId())) {
      throw ApiException.invalid(
          "sessionId", "must not be that of an item of a batch, which POST /api/batches gives");
    }
    return read;
  }

  /** {@code sessionId} names an item that has no id. */
  public NewWork read(
      Caller caller, JsonBody item, Map<String, String> trace, Supplier<String> sessionId) {
    NewWork read = items.read(item, sessionId, attestedOrgs.contains(caller.org()), trace);
    caller.requireProject(read.project());
    return read;
  }

  public List<Enqueued> all(Actor actor, List<NewWork> items) {
    return work.enqueue(actor.org(), items);
  }

  /** 422 if the key that the items bear was used with another body. */
  public List<Enqueued> allUnderOneKey(Actor actor, List<NewWork> items) {
    List<Enqueued> results = all(actor, items);
    if (results.stream().anyMatch(result -> result.refusal() == Refusal.KEY_REUSED)) {
      throw ApiException.keyReused(IdempotencyKey.HEADER);
    }
    return results;
  }

  /** The answer is that of a refusal if the item is refused. */
  public Response one(
      Actor actor, NewWork item, Function<Enqueued, Response.ResponseBuilder> answer) {
    Enqueued enqueued = all(actor, List.of(item)).get(0);
    if (enqueued.refusal() != null) {
      return Refusals.answer(enqueued.refusal());
    }
    return IdempotencyKey.answer(answer.apply(enqueued), enqueued.replayed());
  }
}
