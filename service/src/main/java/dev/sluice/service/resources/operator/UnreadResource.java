package dev.sluice.service.resources.operator;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.InboxBody;
import dev.sluice.service.api.answers.UnreadList;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.Paging;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("api/inbox")
@Produces(MediaType.APPLICATION_JSON)
public final class UnreadResource {

  private final Inboxes inboxes;
  private final Sessions sessions;
  private final SealedCursors cursors;

  public UnreadResource(Inboxes inboxes, Sessions sessions, SealedCursors cursors) {
    this.inboxes = inboxes;
    this.sessions = sessions;
    this.cursors = cursors;
  }

  @GET
  public UnreadList list(
      @Auth Caller caller,
      @QueryParam("lane") @Nullable String lane,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ, Scope.WORK_WRITE).org();
    Lane wanted = lane == null || lane.isEmpty() ? Lane.URGENT : InboxBody.lane(lane);
    Cursor at = Paging.cursor(cursors.open(org, cursor));
    int most = Paging.limit(limit, Paging.SESSIONS);
    Page<Message> page =
        inboxes.unacknowledged(
            org, wanted, at, caller.bound() ? Math.min(most, Paging.SESSIONS) : most);
    @Nullable String next = cursors.seal(org, Paging.text(page.next()));
    if (!caller.bound()) {
      return UnreadList.of(page.items(), inboxes.counts(org), next);
    }
    // A message doesn't tell its project, and counts are kept by org.
    Map<String, Boolean> seen = new HashMap<>();
    return UnreadList.of(
        page.items().stream()
            .filter(message -> seen.computeIfAbsent(message.sessionId(), id -> visible(caller, id)))
            .toList(),
        null,
        next);
  }

  private boolean visible(Caller caller, String sessionId) {
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED),
        () -> caller.sees(sessions.find(caller.org(), sessionId)),
        reason -> false);
  }
}
