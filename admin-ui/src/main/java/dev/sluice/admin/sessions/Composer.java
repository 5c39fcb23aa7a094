package dev.sluice.admin.sessions;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import jakarta.ws.rs.core.MultivaluedHashMap;
import org.jspecify.annotations.Nullable;

public final class Composer {

  private Composer() {}

  /** Returns null for a viewer, and for a session that can no longer receive messages. */
  public static @Nullable ActForm of(Session session, Visit visit) {
    return visit.may(VisitorRole.OPERATOR) && MessageAct.reaches(session)
        ? MessageAct.composer(session, visit, new FormInput(new MultivaluedHashMap<>()))
        : null;
  }
}
