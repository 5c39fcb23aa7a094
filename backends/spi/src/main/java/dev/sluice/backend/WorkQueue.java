package dev.sluice.backend;

import java.util.List;

/** The producer's side: protocol section 5. */
public interface WorkQueue {

  /**
   * Enqueues items, in order. Each item is atomic by itself and has its own result, in the order
   * given: enqueued, a repeat of the same content (answers the present state, changes nothing), or
   * refused with {@link Refusal#CONFLICT} (the id is taken by other content, live or ended), {@link
   * Refusal#TOO_MANY_CAPABILITY_SETS} or {@link Refusal#DAMAGED}. Safe to repeat as a whole.
   */
  Decided<List<Enqueued>> enqueue(String org, List<NewWork> items);

  /** How many sessions of the org stand in each place. Counts are kept, not computed. */
  Decided<Counts> counts(String org);
}
