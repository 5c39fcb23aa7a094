package dev.sluice.control;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/**
 * An act on all items that match; null matches any.
 *
 * @param project required for waiting work
 * @param place of waiting work, {@link Place#READY} with returned work, {@link Place#PARKED} or
 *     {@link Place#LATER}; null for dead letters
 * @param dead reason of dead letters; null for waiting work
 * @param error {@link DeadCause#group} of dead letters; null for waiting work
 * @param priority for {@link BulkVerb#REPRIORITISE}, 1..9; else 0
 * @param dryRun true to count only
 * @param cursor {@link BulkResult#next()} of the last call
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

  public boolean matchesDead(Session letter) {
    return (project == null || project.equals(letter.project()))
        && (dead == null || dead == letter.dead())
        && (error == null || error.equals(DeadCause.of(letter).error()));
  }
}
