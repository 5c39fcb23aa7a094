/** Work and jobs: enqueueing, order, requeues and dead letters. */
@NullMarked
package dev.sluice.backend.tck.work;

import org.jspecify.annotations.NullMarked;
