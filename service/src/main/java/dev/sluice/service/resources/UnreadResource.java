package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Scope;
import dev.sluice.service.api.InboxBody;
import dev.sluice.service.api.UnreadList;
import dev.sluice.service.auth.Caller;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What the sessions of an org have not acknowledged. */
@Path("api/inbox")
@Produces(MediaType.APPLICATION_JSON)
public final class UnreadResource {

  private final Inboxes inboxes;

  public UnreadResource(Inboxes inboxes) {
    this.inboxes = inboxes;
  }

  /** 200 with the urgent lane, or the one that {@code lane} names; 400, 401, 403, 503. */
  @GET
  public UnreadList list(
      @Auth Caller caller,
      @QueryParam("lane") @Nullable String lane,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ, Scope.WORK_WRITE).org();
    Lane wanted = lane == null || lane.isEmpty() ? Lane.URGENT : InboxBody.lane(lane);
    Cursor at = Paging.cursor(cursor);
    int most = Paging.limit(limit, Paging.SESSIONS);
    return UnreadList.of(
        inboxes.unacknowledged(org, wanted, at, most).value(), inboxes.counts(org).value());
  }
}
