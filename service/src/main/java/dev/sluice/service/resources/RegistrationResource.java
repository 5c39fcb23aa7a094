package dev.sluice.service.resources;

import dev.sluice.backend.NewWork;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Scope;
import dev.sluice.backend.Worker;
import dev.sluice.backend.Workers;
import dev.sluice.service.Intervals;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RegistrationBody;
import dev.sluice.service.api.WorkerAnswers.Registered;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.RefreshCaller;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.auth.Secrets;
import dev.sluice.service.errors.ApiException;
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

/** How a worker gets, and renews, an identity: protocol 3.1 and 3.6. */
@Path("api/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RegistrationResource {

  private final Workers workers;
  private final RuntimeTokens tokens;
  private final Intervals intervals;

  public RegistrationResource(Workers workers, RuntimeTokens tokens, Intervals intervals) {
    this.workers = workers;
    this.tokens = tokens;
    this.intervals = intervals;
  }

  /** 201 with a new identity; 400, 401, 403 for a key or a project that may not, 503. */
  @POST
  @Path("register")
  public Response register(
      @Auth Caller caller,
      @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent,
      byte[] body) {
    if (!caller.speaksForWorkers()) {
      caller.require(Scope.WORKER_REGISTER);
      throw ApiException.notServed("Registering with a user key");
    }
    if (caller.mode() == Caller.Mode.RUNTIME_TOKEN) {
      throw ApiException.forbidden("A runtime token doesn't register; use the registration token");
    }
    Registration registration =
        RegistrationBody.read(
            JsonBody.of(body),
            "wkr_" + Secrets.randomHex(8),
            caller.credentialId(),
            userAgent,
            caller.projects());
    workers.register(caller.org(), registration);
    return Response.status(201).entity(identity(caller, registration)).build();
  }

  /** 200 with a new token, which then counts; 401, 403, 404 for a worker that is gone, 503. */
  @POST
  @Path("{id}/refresh-token")
  public Registered refresh(@Auth RefreshCaller refresh, @PathParam("id") String id, byte[] body) {
    Caller caller = refresh.caller();
    Worker worker = workers.find(caller.worker(id)).value();
    JsonBody.ofOptional(body);
    return identity(caller, worker.registration());
  }

  private Registered identity(Caller caller, Registration registration) {
    String workerId = registration.workerId();
    if (caller.mode() == Caller.Mode.LEGACY_KEY) {
      return Registered.of(workerId, intervals.heartbeat(), intervals.poll(), null, null);
    }
    String project =
        registration.projects().isEmpty() ? NewWork.ANY_PROJECT : registration.projects().get(0);
    RuntimeTokens.Minted minted =
        tokens.mint(caller.org(), workerId, project, registration.registeredBy());
    return Registered.of(
        workerId, intervals.heartbeat(), intervals.poll(), minted.token(), minted.expiresAt());
  }
}
