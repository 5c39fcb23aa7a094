package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkResult;
import dev.sluice.control.FleetControl;
import dev.sluice.control.SelectedOrder;
import dev.sluice.service.api.BulkBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.BulkAnswer;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

@Path("api/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BulkResource {

  private final FleetControl control;
  private final SealedCursors cursors;

  public BulkResource(FleetControl control, SealedCursors cursors) {
    this.control = control;
    this.cursors = cursors;
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
    @Nullable String at = cursors.open(actor.org(), json.string("cursor"));
    BulkOrder order = BulkBody.read(json, at);
    caller.requireProject(order.project());
    BulkResult result = control.bulk(actor.because(Reasons.of(json)), order);
    return BulkAnswer.of(result, cursors.seal(actor.org(), result.next()));
  }
}
