package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.FleetControl;
import dev.sluice.control.SelectedOrder;
import dev.sluice.service.api.BulkBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.BulkAnswer;
import dev.sluice.service.auth.Caller;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("api/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BulkResource {

  private final FleetControl control;

  public BulkResource(FleetControl control) {
    this.control = control;
  }

  /**
   * Repeat with {@code nextCursor} if {@code more}; 503 after a part, then repeat the same call.
   */
  @POST
  public BulkAnswer bulk(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
    JsonBody json = JsonBody.of(body);
    if (BulkBody.byIds(json)) {
      SelectedOrder selected = BulkBody.selected(json);
      return BulkAnswer.of(
          control.selected(actor.because(Reasons.of(json)), selected, caller::sees),
          selected.dryRun());
    }
    BulkOrder order = BulkBody.read(json);
    caller.requireProject(order.project());
    return BulkAnswer.of(control.bulk(actor.because(Reasons.of(json)), order));
  }
}
