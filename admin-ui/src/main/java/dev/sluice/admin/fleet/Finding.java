package dev.sluice.admin.fleet;

/**
 * Something that somebody should look at.
 *
 * @param kind what kind of thing
 * @param name the project, or session, it is about; empty where it is about none
 * @param words a clause without a full stop, "7 wait and no worker takes them"; where it names a
 *     project it goes on behind that name
 */
public record Finding(Kind kind, String name, String words) {

  /** What may be found, the most harmful first. */
  public enum Kind {
    /** The store isn't fit to serve. */
    STORE(true),
    /** A session whose worker still calls about it after a stop that it had not confirmed. */
    RUNS_ON(true),
    /** Work waits that no worker takes. */
    NO_WORKER(true),
    /** Work waits, and all that would take it are silent, draining or quarantined. */
    WORKERS_AWAY(true),
    /** Sessions that are stuck. */
    STUCK(true),
    /** Sessions that are silent. */
    SILENT(true),
    /** Urgent messages that nobody acknowledged for a while. */
    UNREAD(true),
    /** Work waits in a queue that is paused or has spent its budget. */
    CLOSED(false),
    /** Dead letters. */
    DEAD(false),
    /** Workers that get no work for a while. */
    QUARANTINED(false),
    /** What the store warns of. */
    WARNING(false);

    private final boolean harms;

    Kind(boolean harms) {
      this.harms = harms;
    }

    /** Whether work suffers from it now. */
    public boolean harms() {
      return harms;
    }
  }
}
