/** Queues of projects: limits, budgets, pauses and counts; and bounds of the org. */
@NullMarked
package dev.sluice.backend.tck.queues;

import org.jspecify.annotations.NullMarked;
