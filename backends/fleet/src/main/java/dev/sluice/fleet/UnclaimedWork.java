package dev.sluice.fleet;

import dev.sluice.backend.Names;
import dev.sluice.backend.sessions.Session;
import dev.sluice.control.FleetSearch;
import java.util.Comparator;
import java.util.List;

/**
 * Sessions in memory that are not claimed. Their only field is the cause of a death.
 *
 * @param waiting in the order of hand-out, as old as the last scan
 * @param dead latest end first
 * @param ended latest end first
 * @param isFresh true if read for this snapshot
 */
public record UnclaimedWork(Part waiting, Part dead, Part ended, boolean isFresh) {

  /** Sessions of each kind. One takes about a kilobyte. */
  public static final int MOST_KEPT = 10_000;

  public static final Comparator<Session> HAND_OUT =
      Comparator.comparingLong(Session::score).thenComparing(Session::id, Names::compareBytes);

  static final UnclaimedWork NONE = new UnclaimedWork(Part.NONE, Part.NONE, Part.NONE, false);

  /**
   * The first of a kind.
   *
   * @param sessions at most {@link #MOST_KEPT}
   * @param reading true while more are still to be read
   * @param cut true if there are more than are kept
   */
  public record Part(List<Session> sessions, boolean reading, boolean cut) {

    static final Part NONE = new Part(List.of(), true, false);

    public Part {
      sessions = List.copyOf(sessions);
    }

    private Object essence() {
      Object first =
          sessions.isEmpty() ? "" : sessions.get(0).id() + " " + sessions.get(0).endedAtMs();
      return List.of(sessions.size(), first, reading, cut);
    }
  }

  Object essence() {
    return List.of(waiting.essence(), dead.essence(), ended.essence());
  }

  UnclaimedWork stale() {
    return new UnclaimedWork(waiting, dead, ended, false);
  }

  FleetSearch.Unclaimed search() {
    return new FleetSearch.Unclaimed(
        waiting.sessions(),
        dead.sessions(),
        ended.sessions(),
        waiting.reading() || dead.reading() || ended.reading());
  }
}
