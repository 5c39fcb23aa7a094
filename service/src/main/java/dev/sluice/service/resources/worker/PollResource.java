package dev.sluice.service.resources.worker;

import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.auth.secrets.ClaimAttempts;
import dev.sluice.service.dispatch.ParkedPolls;
import dev.sluice.service.dispatch.Patience;
import dev.sluice.service.dispatch.PollCall;
import dev.sluice.service.dispatch.WorkCredentials;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.CheckOrder;
import dev.sluice.service.resources.ClientConnection;
import dev.sluice.service.resources.Waits;
import dev.sluice.service.resources.WholeNumber;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The poll, with an optional wait. Without one an empty answer is held. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class PollResource {

  private final ParkedPolls polls;
  private final Workers workers;
  private final WorkCredentials credentials;
  private final ClaimAttempts attempts;
  private final int mostItems;
  private final Patience held;

  /** {@code workers} tells whether the worker of a bad call exists. */
  public PollResource(
      ParkedPolls polls,
      Workers workers,
      WorkCredentials credentials,
      ClaimAttempts attempts,
      int mostItems,
      Patience held) {
    this.polls = polls;
    this.workers = workers;
    this.credentials = credentials;
    this.attempts = attempts;
    this.mostItems = mostItems;
    this.held = held;
  }

  @Direct
  @GET
  @Path("{id}/poll")
  public void poll(
      @Auth WorkerCaller polling,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait,
      @QueryParam("slots") @Nullable String slots,
      @QueryParam("max") @Nullable String max,
      @Context ClientConnection client,
      @Suspended AsyncResponse response) {
    Caller caller = polling.caller();
    WorkerRef worker = caller.worker(id);
    boolean runtimeToken = caller.mode() == Caller.Mode.RUNTIME_TOKEN;
    PollCall call =
        CheckOrder.read(
            workers,
            worker,
            () ->
                new PollCall(
                    worker,
                    runtimeToken,
                    WholeNumber.parameter("max", max, 1, mostItems, mostItems),
                    patience(wait, slots)));
    polls.poll(call, new PollReplyToClient(polls, credentials, attempts, call, client, response));
  }

  private Patience patience(@Nullable String wait, @Nullable String slots) {
    boolean slotsNow = "now".equals(slots);
    if (!slotsNow && slots != null && !slots.isEmpty()) {
      throw ApiException.invalid("slots", "must be now");
    }
    if (wait == null || wait.isEmpty()) {
      return new Patience(held.longest(), slotsNow, held.settle());
    }
    return Patience.of(Waits.duration(wait), slotsNow);
  }

  /** 405: the default HEAD would claim work and drop it. */
  @HEAD
  @Path("{id}/poll")
  public Response head() {
    throw new NotAllowedException("GET");
  }
}
