/**
 * The contract kit: what every backend must do, as tests, and the engine in memory that says the
 * same as code.
 *
 * <p>A backend's test extends {@link dev.sluice.backend.tck.QueueBackendContract} and says how to
 * open its store. The cases follow {@code docs/rules.md}, one file a subject.
 */
@NullMarked
package dev.sluice.backend.tck;

import org.jspecify.annotations.NullMarked;
