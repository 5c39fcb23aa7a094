/** The queues of projects: limits, budgets, pauses and counts; and the bounds of an org. */
@NullMarked
package dev.sluice.backend.tck.queues;

import org.jspecify.annotations.NullMarked;
