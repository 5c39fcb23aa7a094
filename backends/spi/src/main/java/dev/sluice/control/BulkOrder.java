package dev.sluice.control;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/**
 * An order to do one thing to all that match.
 *
 * @param verb what to do
 * @param project only what is of this project; null for any, which waiting work doesn't allow
 * @param place only work that waits in this place, {@link Place#READY} with returned work, {@link
 *     Place#PARKED} or {@link Place#LATER}; null for any, and for dead letters
 * @param dead only dead letters given up on for this reason; null for any, and for waiting work
 * @param error only dead letters whose error is of this {@link DeadCause#group}; null for any, and
 *     for waiting work
 * @param priority for {@link BulkVerb#REPRIORITISE}, 1..9; else 0
 * @param dryRun whether to count only
 * @param cursor where the call before ended ({@link BulkResult#next()}), or null
 */
public record BulkOrder(
    BulkVerb verb,
    @Nullable String project,
    @Nullable Place place,
    @Nullable DeadReason dead,
    @Nullable String error,
    int priority,
    boolean dryRun,
    @Nullable String cursor) {

  public BulkOrder {
    error = error == null ? null : DeadCause.group(error);
    if (!verb.ofDeadLetters() && project == null) {
      throw new IllegalArgumentException("waiting work is found by its project");
    }
  }

  /** True for a dead letter of this project and cause. */
  public boolean matchesDead(Session letter) {
    return (project == null || project.equals(letter.project()))
        && (dead == null || dead == letter.dead())
        && (error == null || error.equals(DeadCause.of(letter).error()));
  }
}
