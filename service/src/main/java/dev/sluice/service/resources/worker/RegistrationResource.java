package dev.sluice.service.resources.worker;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.answers.WorkerAnswers.Registered;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.RefreshCaller;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.CheckOrder;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Registration of workers, and the refresh of their tokens. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RegistrationResource {

  private final Workers workers;
  private final Registrar registrar;

  public RegistrationResource(Workers workers, Registrar registrar) {
    this.workers = workers;
    this.registrar = registrar;
  }

  @POST
  @Path("register")
  @Direct
  public Response register(
      @Auth Caller caller,
      @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent,
      byte[] body) {
    registrar.require(caller);
    return Response.status(201)
        .entity(registrar.register(caller, userAgent, JsonBody.of(body)))
        .build();
  }

  /** Counts as a sign of life, so the worker exists at its next poll. */
  @POST
  @Path("{id}/refresh-token")
  public Registered refresh(@Auth RefreshCaller refresh, @PathParam("id") String id, byte[] body) {
    Caller caller = refresh.caller();
    WorkerRef ref = caller.worker(id);
    Worker worker = CheckOrder.live(workers, ref);
    JsonBody.ofOptional(body);
    if (worker.registration().dialect() != Dialect.SNAKE_CASE) { // its beats accept its claims
      workers.heartbeat(ref, new Heartbeat(worker.activeCount(), null, null));
    }
    return registrar.identity(caller, worker.registration(), true);
  }
}
