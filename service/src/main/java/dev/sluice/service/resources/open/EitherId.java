package dev.sluice.service.resources.open;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.PublicId;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.ProjectBounds;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A session that a caller names by its own id or by a public id. */
final class EitherId {

  private EitherId() {}

  /**
   * Finds a session that the caller sees. Refuses an id that names two of them, so that no session
   * takes the place of another one by its id.
   */
  static Session find(Sessions sessions, Caller caller, String field, String id) {
    if (!PublicId.possible(id)) {
      return ProjectBounds.visible(caller, sessions.find(caller.org(), id));
    }
    Optional<Session> own = seen(caller, () -> sessions.find(caller.org(), id));
    Optional<Session> named = seen(caller, () -> sessions.findPublic(caller.org(), id));
    if (own.isPresent() && named.isPresent()) {
      throw ApiException.conflict(field, "is the id of one session and the public id of another");
    }
    return own.or(() -> named).orElseThrow(ApiException::sessionNotFound);
  }

  private static Optional<Session> seen(Caller caller, Supplier<Session> find) {
    return Refusals.except(
            Set.of(Refusal.UNKNOWN_SESSION),
            () -> Optional.of(find.get()),
            reason -> Optional.<Session>empty())
        .filter(caller::sees);
  }
}
