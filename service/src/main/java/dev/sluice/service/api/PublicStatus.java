package dev.sluice.service.api;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;

/**
 * What people are told of a session's state, protocol 4.14. One place decides it, so that lists,
 * details and answers agree.
 */
public final class PublicStatus {

  private PublicStatus() {}

  /**
   * Of a session: {@code queued} in the order of hand-out, {@code parked} while it waits for its
   * issue or its time, {@code working} from its claim to its end, and the end.
   */
  public static String of(Session session) {
    return switch (session.place()) {
      case READY, RETURNED -> "queued";
      case PARKED, LATER -> "parked";
      case CLAIMED -> session.state().terminal() ? session.state().wire() : "working";
      case DEAD -> SessionState.FAILED.wire();
      case ENDED -> session.state().wire();
    };
  }
}
