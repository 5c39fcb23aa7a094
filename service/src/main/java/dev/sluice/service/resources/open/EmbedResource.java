package dev.sluice.service.resources.open;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.answers.ActivityLists.Embedded;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.FailedAuthentication;
import dev.sluice.service.auth.OptionalCaller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.SessionContent;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * The activities of a session, for embeds. Other workers, and keys without {@link Scope#WORK_READ},
 * see only the session's state.
 */
@Path("api/public/session-activities")
@Produces(MediaType.APPLICATION_JSON)
public final class EmbedResource {

  private final Sessions sessions;
  private final SessionContent content;
  private final @Nullable PublicIds embeds;
  private final Admission admission;

  /** Null disables access by hash. */
  public EmbedResource(
      Sessions sessions, SessionContent content, @Nullable PublicIds embeds, Admission admission) {
    this.sessions = sessions;
    this.content = content;
    this.embeds = embeds;
    this.admission = admission;
  }

  @GET
  public Embedded activities(
      @Auth OptionalCaller optional,
      @QueryParam("sessionId") @Nullable String sessionId,
      @QueryParam("hash") @Nullable String hash,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    @Nullable Caller caller = optional.caller();
    String org = caller == null ? known(sessionId, hash) : reader(caller);
    if (sessionId == null) {
      throw ApiException.invalid("sessionId", "is required");
    }
    PathIds.check("sessionId", sessionId);
    long after = Paging.after("cursor", cursor);
    int most = Paging.limit(limit);
    Session session =
        caller != null && !caller.speaksForWorkers()
            ? EitherId.find(sessions, caller, "sessionId", sessionId)
            : sessions.find(org, sessionId);
    return Embedded.of(
        session,
        caller == null
            ? sessions.activities(org, session.id(), after, most)
            : content.activities(caller, ProjectBounds.visible(caller, session), after, most),
        after);
  }

  /** The org of the legacy key. */
  private String known(@Nullable String sessionId, @Nullable String hash) {
    if (embeds == null
        || sessionId == null
        || hash == null
        || !Secrets.same(hash, embeds.embedHash(sessionId))) {
      admission.refused(
          hash == null ? FailedAuthentication.MISSING : FailedAuthentication.WRONG_HASH);
      throw ApiException.invalidKey();
    }
    return CallerVerifier.DEFAULT_ORG;
  }

  private static String reader(Caller caller) {
    return caller.reading(Scope.FLEET_READ, Scope.WORK_READ);
  }
}
