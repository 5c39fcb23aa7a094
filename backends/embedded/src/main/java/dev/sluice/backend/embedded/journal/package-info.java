/**
 * The store of one durable process: the state in memory, and each change as rows ({@code
 * ChangeRows}) of a SQLite file, snapshot and journal in one, which {@code Restore} reads at the
 * start.
 *
 * <p>Files and rows of the version before must stay readable, newer ones are refused. All else may
 * be changed freely.
 */
@NullMarked
package dev.sluice.backend.embedded.journal;

import org.jspecify.annotations.NullMarked;
