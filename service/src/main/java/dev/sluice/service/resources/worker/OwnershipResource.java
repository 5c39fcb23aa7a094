package dev.sluice.service.resources.worker;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RefreshBody;
import dev.sluice.service.api.answers.OwnershipAnswers.Claimed;
import dev.sluice.service.api.answers.OwnershipAnswers.Noted;
import dev.sluice.service.api.answers.OwnershipAnswers.Refreshed;
import dev.sluice.service.api.answers.OwnershipAnswers.Transferred;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.ClaimHeader;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.auth.WorkerStandings;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.CheckOrder;
import dev.sluice.service.resources.SessionCallReader;
import dev.sluice.service.resources.SessionCallReader.Said;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claim by name, transfer, lock-refresh and step-heartbeat. */
@Path("api/sessions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class OwnershipResource {

  private final QueueBackend backend;
  private final WorkerStandings standings;
  private final SessionCallReader calls;

  public OwnershipResource(QueueBackend backend, WorkerStandings standings) {
    this.backend = backend;
    this.standings = standings;
    this.calls = new SessionCallReader(backend.sessions());
  }

  @Direct
  @POST
  @Path("claim")
  public Claimed claim(@Auth WorkerCaller claiming, @PathParam("id") String id, byte[] body) {
    Caller caller = claiming.caller();
    caller.requireWorker();
    String sessionId = PathIds.check("session id", id);
    WorkerRef worker =
        CheckOrder.read(
            backend.workers(),
            caller.self(),
            () -> caller.acting(JsonBody.of(body).name("workerId")));
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION),
        () ->
            Claimed.of(
                worker.org(),
                worker.workerId(),
                backend.sessions().claim(worker.org(), sessionId, worker)),
        Claimed::denied);
  }

  @POST
  @Path("transfer-ownership")
  public Transferred transfer(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    caller.requireWorker();
    String sessionId = PathIds.check("session id", id);
    Transfer transfer =
        CheckOrder.read(
            backend.workers(), caller.self(), () -> Transfer.read(caller, JsonBody.of(body)));
    WorkerRef worker = transfer.newWorker();
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION, Refusal.NOT_OWNER, Refusal.WRONG_STATE),
        owner -> standings.mayKnow(caller, owner),
        () ->
            Transferred.of(
                worker.org(),
                worker.workerId(),
                backend
                    .sessions()
                    .transfer(
                        worker.org(),
                        sessionId,
                        transfer.oldWorkerId(),
                        worker,
                        caller.speaksFor(transfer.oldWorkerId()))),
        Transferred::denied);
  }

  /**
   * {@code inject} is for a worker that takes messages here. Answers deregistered workers too,
   * since their runners then end at once.
   */
  @Direct
  @POST
  @Path("lock-refresh")
  public Refreshed refresh(
      @Auth WorkerCaller refreshing,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<RefreshRequest> said =
        calls.read(
            refreshing.caller(), id, claim, () -> JsonBody.ofOptional(body), RefreshBody::read);
    return Refusals.except(
        Set.of(Refusal.NOT_OWNER),
        () ->
            Refreshed.of(
                said.holder().workerId(),
                backend
                    .sessions()
                    .refresh(said.org(), said.sessionId(), said.holder(), said.what())),
        reason -> Refreshed.lost());
  }

  @Direct
  @POST
  @Path("step-heartbeat")
  public Noted stepHeartbeat(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<JsonBody> said =
        calls.read(caller, id, claim, () -> JsonBody.ofOptional(body), json -> json);
    return Noted.of(
        said.holder().workerId(),
        backend.sessions().touch(said.org(), said.sessionId(), said.holder()));
  }

  private record Transfer(String oldWorkerId, WorkerRef newWorker) {
    static Transfer read(Caller caller, JsonBody json) {
      String newWorkerId = json.requiredName("newWorkerId");
      String oldWorkerId = json.requiredName("oldWorkerId");
      return new Transfer(oldWorkerId, caller.transfer(oldWorkerId, newWorkerId));
    }
  }
}
