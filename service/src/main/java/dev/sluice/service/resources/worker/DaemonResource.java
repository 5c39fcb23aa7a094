package dev.sluice.service.resources.worker;

import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.HeartbeatBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RegistrationBody;
import dev.sluice.service.api.answers.WorkerAnswers.DaemonBeat;
import dev.sluice.service.api.answers.WorkerAnswers.Registered;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.FailedAuthentication;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.CheckOrder;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The paths of older daemons. */
@Path("v1/daemon")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DaemonResource {

  private final Workers workers;
  private final Heartbeats heartbeats;
  private final Registrar registrar;
  private final CallerVerifier verifier;
  private final Admission admission;
  private final Clock clock;

  public DaemonResource(
      Workers workers,
      Heartbeats heartbeats,
      Registrar registrar,
      CallerVerifier verifier,
      Admission admission,
      Clock clock) {
    this.workers = workers;
    this.heartbeats = heartbeats;
    this.registrar = registrar;
    this.verifier = verifier;
    this.admission = admission;
    this.clock = clock;
  }

  /** The credential is in the body. */
  @POST
  @Path("register")
  public Registered register(
      @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent, byte[] body) {
    JsonBody json;
    String token;
    try {
      json = JsonBody.of(body);
      token = token(json);
    } catch (ApiException malformed) {
      admission.anonymous();
      throw malformed;
    }
    Caller caller = caller(token);
    registrar.require(caller);
    RegistrationBody.requireCapacity(json);
    return registrar.register(caller, userAgent, json);
  }

  private static String token(JsonBody json) {
    @Nullable String token = json.string("registrationToken");
    if (token == null || token.isBlank()) {
      throw ApiException.invalid("registrationToken", "is required");
    }
    return token;
  }

  private Caller caller(String token) {
    try {
      return verifier.verifyKey(token);
    } catch (ApiException refused) {
      if (refused.status() == 401) {
        admission.failed(FailedAuthentication.UNKNOWN_KEY);
      }
      throw refused;
    }
  }

  /** Takes only the worker's own runtime token. */
  @POST
  @Path("heartbeat")
  public DaemonBeat heartbeat(@Auth WorkerCaller beating, byte[] body) {
    Caller caller = beating.caller();
    @Nullable WorkerRef self = caller.self();
    if (self == null) {
      throw ApiException.forbidden("Only the worker's own runtime token may send this heartbeat");
    }
    Heartbeat heartbeat =
        CheckOrder.read(
            workers,
            self,
            () -> {
              JsonBody json = HeartbeatBody.parse(body);
              caller.acting(json.name("workerId"));
              return HeartbeatBody.read(json);
            });
    return DaemonBeat.of(clock.instant(), heartbeat, heartbeats.note(caller, self, heartbeat));
  }
}
