package dev.sluice.service.resources.open;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.errors.Refusals;
import java.util.Set;

final class EitherId {

  private EitherId() {}

  /** Finds a session by its own id, else by a public id. */
  static Session find(Sessions sessions, String org, String id) {
    if (!PublicIds.possible(id)) {
      return sessions.find(org, id).value();
    }
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION),
        () -> sessions.find(org, id).value(),
        reason -> sessions.findPublic(org, id).value());
  }
}
