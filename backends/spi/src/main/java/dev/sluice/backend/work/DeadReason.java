package dev.sluice.backend.work;

import dev.sluice.backend.Rules;
import java.util.Locale;

/** Why a session was given up on. A dead letter is kept for a requeue by hand. */
public enum DeadReason {
  /** {@link Rules.Tries#maxAttempts()} claims of it were lost by time. */
  MAX_ATTEMPTS("its claim was lost too often"),
  /** It was nacked {@link Rules.Tries#maxNacks()} times. */
  MAX_NACKS("it was nacked too often"),
  /** It still waited when its deadline came. */
  DEADLINE("its deadline came while it waited"),
  /** Its item was missing from the store when it was to be handed out. */
  ITEM_MISSING("its item is missing from the store");

  private final String words;

  DeadReason(String words) {
    this.words = words;
  }

  /** The reason in words, to be put behind "dead because". */
  public String words() {
    return words;
  }

  /** The name on the wire and on the timeline. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
