package dev.sluice.backend.work;

import java.util.Locale;

public enum DeadReason {
  /** {@code Rules.Tries.maxAttempts} claims were lost by time, or runs failed. */
  MAX_ATTEMPTS("its claim was lost or its run failed too often"),
  /** {@code Rules.Tries.maxNacks} workers nacked it, or machines failed. */
  MAX_NACKS("too many workers nacked it or failed to run it"),
  DEADLINE("its deadline came while it waited"),
  ITEM_MISSING("its item is missing from the store"),
  DENIED("its worker denied it for good");

  private final String words;

  DeadReason(String words) {
    this.words = words;
  }

  /** Follows "dead because". */
  public String words() {
    return words;
  }

  /** The name on the wire and on timelines. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
