/**
 * Work and jobs: how they come in, in which order they wait, when they come back and when they are
 * given up.
 */
@NullMarked
package dev.sluice.backend.tck.work;

import org.jspecify.annotations.NullMarked;
