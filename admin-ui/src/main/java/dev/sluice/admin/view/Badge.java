package dev.sluice.admin.view;

import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import dev.sluice.fleet.SessionHealth;
import dev.sluice.fleet.WorkerStatus;

public record Badge(String tone, String word) {

  public static final String WAIT = "wait";
  public static final String ACTIVE = "active";
  public static final String DONE = "done";
  public static final String FAIL = "fail";
  public static final String HELD = "held";

  public static Badge of(Session session) {
    Place place = session.place();
    return switch (place) {
      case READY, RETURNED -> new Badge(WAIT, place.wire());
      case PARKED, LATER -> new Badge(HELD, place.wire());
      case DEAD -> new Badge(FAIL, "dead");
      case CLAIMED -> held(session.state());
      case ENDED -> of(session.state());
    };
  }

  public static Badge of(Claim claim) {
    return held(claim.state());
  }

  private static Badge held(SessionState state) {
    return state.terminal() ? new Badge(HELD, "stopping") : new Badge(ACTIVE, state.wire());
  }

  private static Badge of(SessionState end) {
    return switch (end) {
      case COMPLETED -> new Badge(DONE, end.wire());
      case FAILED -> new Badge(FAIL, end.wire());
      default -> new Badge(HELD, end.wire());
    };
  }

  public static Badge of(SessionHealth health) {
    return switch (health) {
      case STUCK -> new Badge(FAIL, health.word());
      case SILENT, SLOW -> new Badge(WAIT, health.word());
      case OK -> new Badge(DONE, health.word());
    };
  }

  public static Badge of(WorkerStatus state) {
    return switch (state) {
      case REVOKED, SILENT -> new Badge(FAIL, state.word());
      case QUARANTINED, NACKING, QUIET -> new Badge(WAIT, state.word());
      case DRAINING, REPLACED -> new Badge(HELD, state.word());
      case FULL -> new Badge(ACTIVE, state.word());
      case READY -> new Badge(DONE, state.word());
    };
  }

  public static Badge of(ProjectQueue queue) {
    if (queue.pause() != null) {
      return new Badge(HELD, "paused");
    }
    if (queue.overBudget()) {
      return new Badge(WAIT, "budget spent");
    }
    return queue.capped() ? new Badge(ACTIVE, "at its limit") : new Badge(DONE, "open");
  }
}
