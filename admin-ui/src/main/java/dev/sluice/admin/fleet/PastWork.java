package dev.sluice.admin.fleet;

import dev.sluice.backend.sessions.Session;
import dev.sluice.control.FleetSearch;
import java.util.List;

/**
 * Dead letters and ended sessions in memory. Their only field is the cause of a death.
 *
 * @param isFresh true if read for this snapshot
 */
public record PastWork(Latest dead, Latest ended, boolean isFresh) {

  /** Sessions of each kind. One takes about a kilobyte. */
  public static final int MOST_KEPT = 10_000;

  static final PastWork NONE = new PastWork(Latest.NONE, Latest.NONE, false);

  /**
   * The latest of a kind.
   *
   * @param sessions latest end first, at most {@link #MOST_KEPT}
   * @param reading true while older ones are still to be read
   * @param cut true if there are more than are kept
   */
  public record Latest(List<Session> sessions, boolean reading, boolean cut) {

    static final Latest NONE = new Latest(List.of(), true, false);

    public Latest {
      sessions = List.copyOf(sessions);
    }

    private Object essence() {
      Object newest =
          sessions.isEmpty() ? "" : sessions.get(0).id() + " " + sessions.get(0).endedAtMs();
      return List.of(sessions.size(), newest, reading, cut);
    }
  }

  Object essence() {
    return List.of(dead.essence(), ended.essence());
  }

  PastWork stale() {
    return new PastWork(dead, ended, false);
  }

  FleetSearch.Past search() {
    return new FleetSearch.Past(
        dead.sessions(), ended.sessions(), dead.reading() || ended.reading());
  }
}
