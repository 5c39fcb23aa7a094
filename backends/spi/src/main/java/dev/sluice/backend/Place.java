package dev.sluice.backend;

/**
 * Where a session is kept. Every live session is in exactly one place.
 *
 * <pre>
 *            enqueue                       poll
 *   (none) ----------> READY ----------------------------> CLAIMED
 *                       ^ ^                                 | | |
 *     back-off over     | +------ lease lost, accept -------+ | |
 *                       |         missed, deregistered        | |
 *                   RETURNED &lt;----------- nack --------------+ |
 *                       |                                       |
 *                       +---- stop ----&gt; ENDED &lt;---- end ------+
 * </pre>
 *
 * {@code RETURNED} work is in the order of hand-out for every worker but the one that nacked it.
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
  ENDED
}
