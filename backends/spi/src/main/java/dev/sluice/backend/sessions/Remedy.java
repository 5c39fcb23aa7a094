package dev.sluice.backend.sessions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens to work after a failed run: docs/rules.md, "Failed runs". */
public enum Remedy {
  /** The session ends as failed. */
  NEVER,
  /** Any worker may take it at once. */
  NOW,
  /** It waits for a back-off, and then any worker may take it. */
  LATER,
  /** The worker's machine failed: others may take it at once. */
  ELSEWHERE;

  public boolean returns() {
    return this != NEVER;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Remedy> ofWire(String name) {
    return Arrays.stream(values()).filter(remedy -> remedy.wire().equals(name)).findAny();
  }
}
