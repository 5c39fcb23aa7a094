package dev.sluice.admin.fleet;

/**
 * A condition that needs attention.
 *
 * @param name project or session; empty if none
 * @param words a clause after the name, without a full stop
 */
public record Finding(Kind kind, String name, String words) {

  /** By severity. */
  public enum Kind {
    STORE(true),
    RUNS_ON(true),
    NO_WORKER(true),
    WORKERS_AWAY(true),
    STUCK(true),
    SILENT(true),
    /** Unacknowledged urgent messages. */
    UNREAD(true),
    CLOSED(false),
    DEAD(false),
    QUARANTINED(false),
    WARNING(false);

    private final boolean harms;

    Kind(boolean harms) {
      this.harms = harms;
    }

    public boolean harms() {
      return harms;
    }
  }
}
