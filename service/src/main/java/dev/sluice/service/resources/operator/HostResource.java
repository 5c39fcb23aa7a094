package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.control.Host;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.WorkerAnswers.HostDrain;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("api/hosts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class HostResource {

  private final FleetControl control;

  public HostResource(FleetControl control) {
    this.control = control;
  }

  /** Repeat until the host is safe to reboot. */
  @POST
  @Path("{host}/drain")
  public HostDrain drain(@Auth Caller caller, @PathParam("host") String host, byte[] body) {
    return set(caller, host, body, true);
  }

  /** Lifts quarantines too. */
  @POST
  @Path("{host}/undrain")
  public HostDrain undrain(@Auth Caller caller, @PathParam("host") String host, byte[] body) {
    return set(caller, host, body, false);
  }

  private HostDrain set(Caller caller, String name, byte[] body, boolean drain) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    Host host = control.host(actor.org(), PathIds.check("host", name));
    if (host.workers().isEmpty()) {
      throw ApiException.hostNotFound();
    }
    if (!host.workers().stream().allMatch(caller::sees)) {
      caller.requireWholeOrg();
    }
    Actor because = actor.because(Reasons.of(JsonBody.ofOptional(body)));
    return HostDrain.of(control.drain(because, host, drain));
  }
}
