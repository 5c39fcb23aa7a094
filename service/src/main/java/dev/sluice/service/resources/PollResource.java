package dev.sluice.service.resources;

import dev.sluice.service.api.PollAnswer;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.dispatch.Poller;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The poll, protocol 3.5. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class PollResource {

  private final Poller poller;

  public PollResource(Poller poller) {
    this.poller = poller;
  }

  /** 200 with work claimed and messages waiting; 401, 403, 404 for an unknown worker, 503. */
  @GET
  @Path("{id}/poll")
  public PollAnswer poll(@Auth Caller caller, @PathParam("id") String id) {
    return PollAnswer.of(
        poller.poll(caller.worker(id)), caller.mode() == Caller.Mode.RUNTIME_TOKEN);
  }

  /** 405: served as a GET without its answer, as HEAD is by default, it would claim for nobody. */
  @HEAD
  @Path("{id}/poll")
  public Response head() {
    throw new NotAllowedException("GET");
  }
}
