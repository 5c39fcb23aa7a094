package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.answers.SessionList;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.resources.Paging;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The list of all sessions. */
@Path("api/sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionListResource {

  private final Sessions sessions;
  private final SealedCursors cursors;
  private final Clock clock;

  public SessionListResource(Sessions sessions, SealedCursors cursors, Clock clock) {
    this.sessions = sessions;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  public SessionList list(
      @Auth Caller caller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.reading(Scope.FLEET_READ, Scope.WORK_WRITE, Scope.WORK_READ);
    SessionPages.Both page =
        new SessionPages(sessions, org).page(cursors.open(org, cursor), Paging.limit(limit));
    return SessionList.of(
        page.sessions().stream().filter(caller::sees).toList(),
        caller.titles(),
        clock.instant(),
        cursors.seal(org, page.next()));
  }
}
