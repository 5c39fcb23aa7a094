/**
 * Queues of projects: their limits, pauses, lengths and counts.
 *
 * <p>The service's calls of operators and the pages of queues are the callers. Components are added
 * at the end of records, since limits and pauses are stored.
 */
@NullMarked
package dev.sluice.backend.queues;

import org.jspecify.annotations.NullMarked;
