package dev.sluice.control;

import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grace or lease of a stop ended first, so the agent may still run.
 *
 * @param atMs release, epoch ms
 * @param heardMs latest call of the worker since then, epoch ms; 0 for none
 */
public record UnconfirmedStop(long atMs, long heardMs) {

  /** Returns null if it did not end so. */
  public static @Nullable UnconfirmedStop of(Session session, List<Event> timeline) {
    if (session.place() != Place.ENDED) {
      return null;
    }
    return timeline.stream()
        .filter(event -> event.kind() == Event.Kind.RELEASED)
        .filter(event -> event.atMs() >= session.claimedAtMs())
        .reduce((earlier, later) -> later)
        .filter(UnconfirmedStop::byTime)
        .map(event -> of(session, event.atMs()))
        .orElse(null);
  }

  private static UnconfirmedStop of(Session session, long atMs) {
    return new UnconfirmedStop(atMs, session.lastSignMs() > atMs ? session.lastSignMs() : 0);
  }

  public static boolean byTime(Event released) {
    return Event.GRACE_OVER.equals(released.detail()) || Event.LEASE_OVER.equals(released.detail());
  }
}
