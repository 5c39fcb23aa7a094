/**
 * The contract kit: what every backend must do, as tests.
 *
 * <p>A backend's test extends {@link dev.sluice.backend.tck.QueueBackendContract} and says how to
 * open its store, by a {@link dev.sluice.backend.tck.BackendUnderTest}. The cases follow {@code
 * docs/rules.md}, one package a subject; docs name them, so rename both together.
 */
@NullMarked
package dev.sluice.backend.tck;

import org.jspecify.annotations.NullMarked;
