package dev.sluice.service.api;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import java.util.List;

public final class PublicStatus {

  public static final List<String> ALL =
      List.of("queued", "parked", "working", "completed", "failed", "stopped");

  private PublicStatus() {}

  /** Returns the status that the public family shows: docs/protocol.md, "The public family". */
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
