/** Queues of projects. Limits and pauses are stored: components are only appended. */
@NullMarked
package dev.sluice.backend.queues;

import org.jspecify.annotations.NullMarked;
