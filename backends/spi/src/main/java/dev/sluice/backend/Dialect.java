package dev.sluice.backend;

import java.util.Locale;

/** A worker's variant of the protocol, learned when it registers. */
public enum Dialect {
  /** The TypeScript worker and clients of the published pages. */
  STANDARD,
  /** The Go daemon: accepts slowly, receives directives by lock-refresh. */
  GO_DAEMON,
  /** The older snake-case Go worker: accepts by a heartbeat whose count covers its claims. */
  SNAKE_CASE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
