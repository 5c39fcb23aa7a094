/**
 * Compares the two ways in which the server serves the calls of workers. A main class of its own,
 * which nothing else here needs; all may be changed freely.
 */
@NullMarked
package dev.sluice.bench.ways;

import org.jspecify.annotations.NullMarked;
