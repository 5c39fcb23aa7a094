package dev.sluice.service.dispatch;

import dev.sluice.backend.Hint;
import java.util.HashMap;
import java.util.Map;

/**
 * A hint on its way through the parked polls of a node, from one to the next, until enough of them
 * found nothing. Never changed.
 *
 * @param kind {@link Hint.Kind#WORK} or {@link Hint.Kind#BATCH}
 * @param name the project, or the capability
 * @param patience how many polls of one profile may find nothing
 * @param misses by profile, those that did
 */
record Wake(Hint.Kind kind, String name, int patience, Map<Profile, Misses> misses) {

  /**
   * Polls of one profile that found nothing.
   *
   * @param last the number of the latest
   */
  record Misses(int count, long last) {}

  /** Wakes with the same subject are one. */
  record Subject(Hint.Kind kind, String name) {}

  /**
   * The first that finds nothing may have nacked the very item, or be full, or draining by now. For
   * what comes behind a success one is enough: most often nothing is left.
   */
  private static final int AFTER_A_HINT = 3;

  private static final int AFTER_A_SUCCESS = 1;

  /** However many profiles there are. */
  private static final int MOST_PROFILES = 32;

  Wake {
    misses = Map.copyOf(misses);
  }

  static Wake of(Hint hint) {
    return new Wake(hint.kind(), hint.name(), AFTER_A_HINT, Map.of());
  }

  /** What goes on where somebody found something: there may be more. */
  Wake afterSuccess() {
    return new Wake(kind, name, AFTER_A_SUCCESS, Map.of());
  }

  /** What goes on where that poll found nothing. */
  Wake afterMiss(Profile profile, long number) {
    Map<Profile, Misses> more = new HashMap<>(misses);
    more.put(profile, new Misses(missesOf(profile).count() + 1, number));
    return new Wake(kind, name, patience, more);
  }

  /** Whether polls of that profile may find what this is about, as far as one can tell. */
  boolean suits(Profile profile) {
    return misses.size() < MOST_PROFILES
        && missesOf(profile).count() < patience
        && (needsSlot()
            ? takes(profile)
            : profile.batch() && profile.capabilities().contains(name));
  }

  private boolean takes(Profile profile) {
    return profile.takes().isEmpty() || profile.takes().contains(name);
  }

  /** Polls of that profile up to this number have had their turn. */
  long passed(Profile profile) {
    return missesOf(profile).last();
  }

  /** Whether only a worker that can take work is concerned. */
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
