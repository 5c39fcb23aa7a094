package dev.sluice.service.dispatch;

import dev.sluice.backend.Dialect;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The longest delay of an empty answer.
 *
 * @param slotsNow true if slots that free during the poll are filled
 * @param settle time between a slot that frees at a full worker and the end of its poll
 */
public record Patience(Map<Dialect, Duration> longest, boolean slotsNow, Duration settle) {

  public static final Patience NONE = of(Duration.ZERO, false);

  public Patience {
    longest = Map.copyOf(longest);
  }

  /** The client waits on purpose: it needs no time to settle. */
  public static Patience of(Duration wait, boolean slotsNow) {
    Map<Dialect, Duration> all = new EnumMap<>(Dialect.class);
    for (Dialect dialect : Dialect.values()) {
      all.put(dialect, wait);
    }
    return new Patience(all, slotsNow, Duration.ZERO);
  }

  public Duration of(Dialect dialect) {
    return longest.getOrDefault(dialect, Duration.ZERO);
  }

  public boolean none() {
    return longest.values().stream().allMatch(Duration::isZero);
  }
}
