/**
 * The queue of work and the queues of its projects: enqueueing, order, limits and pauses, the
 * reasons why work waits, and the closure of an org. Limits, pauses and closures are stored:
 * components are only appended. The words of {@link dev.sluice.backend.queues.WhyItWaits} may
 * change.
 */
@NullMarked
package dev.sluice.backend.queues;

import org.jspecify.annotations.NullMarked;
