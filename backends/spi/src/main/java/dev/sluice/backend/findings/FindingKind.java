package dev.sluice.backend.findings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The known kinds of {@link SeenFinding#kind}, by severity. */
public enum FindingKind {
  STORE(true, false),
  RUNS_ON(true, false),
  NO_WORKER(true, false),
  NO_CAPABILITY(true, false),
  WORKERS_AWAY(true, false),
  STUCK(true, true),
  OFFLINE(true, false),
  BURN(true, false),
  OLD(true, true),
  SILENT(true, true),
  /** Unacknowledged urgent messages. */
  UNREAD(true, true),
  FAILING(false, false),
  /** A login at a provider that fails its check, by host. */
  LOGIN(false, false),
  PAUSED(false, false),
  OVER_BUDGET(false, false),
  DEAD(false, false),
  QUARANTINED(false, false),
  WARNING(false, false);

  private static final Map<String, FindingKind> BY_WORD = new HashMap<>();

  static {
    for (FindingKind kind : values()) {
      BY_WORD.put(kind.word(), kind);
    }
  }

  private final boolean critical;
  private final boolean quiet;

  FindingKind(boolean critical, boolean quiet) {
    this.critical = critical;
    this.quiet = quiet;
  }

  /** Returns null for a kind of a newer release. */
  public static @Nullable FindingKind of(String word) {
    return BY_WORD.get(word);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** False for a warning. */
  public boolean critical() {
    return critical;
  }

  /** True if clients that could not call for a while look the same. */
  public boolean followsOutages() {
    return quiet;
  }
}
