package dev.sluice.service.resources;

import dev.sluice.backend.PollResult;
import dev.sluice.backend.WorkerRef;
import dev.sluice.service.api.PollAnswer;
import dev.sluice.service.api.PolledItem;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.dispatch.Poller;
import dev.sluice.service.dispatch.WorkCredentials;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The poll, protocol 3.5. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class PollResource {

  private final Poller poller;
  private final WorkCredentials credentials;

  public PollResource(Poller poller, WorkCredentials credentials) {
    this.poller = poller;
    this.credentials = credentials;
  }

  /** 200 with work claimed and messages waiting; 401, 403, 404 for an unknown worker, 503. */
  @GET
  @Path("{id}/poll")
  public PollAnswer poll(@Auth Caller caller, @PathParam("id") String id) {
    WorkerRef worker = caller.worker(id);
    boolean runtimeToken = caller.mode() == Caller.Mode.RUNTIME_TOKEN;
    PollResult result = poller.poll(worker, runtimeToken);
    List<PolledItem> items = PolledItem.all(result.work());
    return PollAnswer.of(result, items, runtimeToken ? credentials.of(worker, items) : null);
  }

  /** 405: served as a GET without its answer, as HEAD is by default, it would claim for nobody. */
  @HEAD
  @Path("{id}/poll")
  public Response head() {
    throw new NotAllowedException("GET");
  }
}
