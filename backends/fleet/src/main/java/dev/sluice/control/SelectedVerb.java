package dev.sluice.control;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import java.util.Locale;

/** Acts on items by their ids. */
public enum SelectedVerb {
  /** Claimed sessions. */
  STOP,
  /** Claimed sessions, which return to the queue; their workers lose them. */
  RETURN,
  /** Waiting work ends as stopped. */
  CANCEL,
  /** Waiting work. */
  REPRIORITISE,
  /** A message to waiting work and claimed sessions. */
  SEND,
  /** Dead letters. */
  REQUEUE,
  /** Dead letters. */
  DISCARD;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean allows(Session session) {
    boolean running = session.place() == Place.CLAIMED && !session.state().terminal();
    return switch (this) {
      case STOP, RETURN -> running;
      case CANCEL, REPRIORITISE -> session.place().waits();
      case SEND -> running || session.place().waits();
      case REQUEUE, DISCARD -> session.place() == Place.DEAD;
    };
  }
}
