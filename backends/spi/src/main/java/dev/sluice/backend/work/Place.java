package dev.sluice.backend.work;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is kept. Every live session is in exactly one place.
 *
 * <pre>
 *   enqueue, requeue
 *      |
 *      |  not before a time      time comes
 *      +-----------&gt; LATER ---------------+
 *      |                                  v              poll, claim
 *      +-------------------------&gt; READY &lt;--&gt; PARKED   READY, RETURNED -------&gt; CLAIMED
 *                                    ^          ^                                  |
 *                      back-off over |          | behind its issue                 |
 *                                    |          v                                  |
 *                                  RETURNED &lt;------------------ nack --------------+
 *                                  READY    &lt;-- lease lost, accept missed,        |
 *                                               deregistered, requeued ------------+
 *
 *   any waiting place --- deadline ---&gt; DEAD &lt;--- too many attempts or nacks --- CLAIMED
 *   any waiting place --- stop -------&gt; ENDED &lt;-- end, release of a stop ------- CLAIMED
 *   DEAD --- discarded ---&gt; ENDED
 * </pre>
 *
 * <p>{@code READY} and {@code RETURNED} work is in the order of hand-out; what comes back while its
 * issue is taken, or isn't its best, is {@code PARKED} instead.
 */
public enum Place {
  /** In its bucket, open to any worker that accepts it. */
  READY,
  /** Behind another session of its issue. */
  PARKED,
  /** Not before a time. */
  LATER,
  /** Nacked: in its bucket for all workers but one, until the back-off is over. */
  RETURNED,
  /** Owned by a worker, or stopped and not yet released by it. */
  CLAIMED,
  /** Given up; kept for a requeue by hand. */
  DEAD,
  /** Ended; kept until retention passes. */
  ENDED;

  /** All of them: for an operation by hand that minds none. */
  public static final Set<Place> ANY = Set.of(values());

  /** The places of work that waits for a worker. */
  public static final Set<Place> WAITING = Set.of(READY, PARKED, LATER, RETURNED);

  /** Whether work in this place waits for a worker. */
  public boolean waits() {
    return WAITING.contains(this);
  }

  /**
   * Whether there is a list of the sessions in this place that no longer wait; of ended ones there
   * is none by project.
   *
   * @param project whose; null for all of the org
   */
  public boolean listed(@Nullable String project) {
    return !waits() && (project == null || this != ENDED);
  }

  /** Whether work in this place is in the order of hand-out. */
  public boolean inOrder() {
    return this == READY || this == RETURNED;
  }

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
