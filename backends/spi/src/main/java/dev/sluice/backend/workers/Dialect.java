package dev.sluice.backend.workers;

import java.util.Locale;

/** The way a worker speaks, learned at its registration and kept on its record. */
public enum Dialect {
  /** The TypeScript worker and everything that follows the published pages. */
  STANDARD,
  /** The Go daemon: slower to accept, receives directives by lock-refresh. */
  GO_DAEMON,
  /** The older snake-case Go worker: accepts by a heartbeat whose count covers its claims. */
  SNAKE_CASE;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
