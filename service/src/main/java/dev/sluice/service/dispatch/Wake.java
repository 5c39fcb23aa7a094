package dev.sluice.service.dispatch;

import dev.sluice.backend.Hint;
import java.util.HashMap;
import java.util.Map;

/**
 * A hint that is passed on among the parked polls of a node until enough of them found nothing:
 * {@code patience} polls of one profile. {@code name} is the project or the capability.
 */
record Wake(Hint.Kind kind, String name, int patience, Map<Profile, Misses> misses) {

  /** {@code last} is the number of the latest waiter. */
  record Misses(int count, long last) {}

  /** Wakes with the same subject are merged. */
  record Subject(Hint.Kind kind, String name) {}

  /**
   * The first waiter may have nacked the item, or be full or draining. After a success one miss is
   * enough.
   */
  private static final int AFTER_A_HINT = 3;

  private static final int AFTER_A_SUCCESS = 1;

  private static final int MOST_PROFILES = 32;

  Wake {
    misses = Map.copyOf(misses);
  }

  static Wake of(Hint hint) {
    return new Wake(hint.kind(), hint.name(), AFTER_A_HINT, Map.of());
  }

  Wake afterSuccess() {
    return new Wake(kind, name, AFTER_A_SUCCESS, Map.of());
  }

  Wake afterMiss(Profile profile, long number) {
    Map<Profile, Misses> more = new HashMap<>(misses);
    more.put(profile, new Misses(missesOf(profile).count() + 1, number));
    return new Wake(kind, name, patience, more);
  }

  boolean suits(Profile profile) {
    return misses.size() < MOST_PROFILES
        && missesOf(profile).count() < patience
        && (needsSlot()
            ? takes(profile)
            : profile.batch() && profile.capabilities().contains(name));
  }

  private boolean takes(Profile profile) {
    return profile.takes().takes(name);
  }

  /** The highest number of that profile that had its turn. */
  long passed(Profile profile) {
    return missesOf(profile).last();
  }

  boolean needsSlot() {
    return kind == Hint.Kind.WORK;
  }

  Subject subject() {
    return new Subject(kind, name);
  }

  private Misses missesOf(Profile profile) {
    return misses.getOrDefault(profile, new Misses(0, -1));
  }
}
