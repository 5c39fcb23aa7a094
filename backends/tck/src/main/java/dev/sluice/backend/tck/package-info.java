/**
 * The tests of every backend.
 *
 * <p>A backend's test extends {@link dev.sluice.backend.tck.QueueBackendContract} and opens its
 * store as a {@link dev.sluice.backend.tck.BackendUnderTest}. The cases follow {@code
 * docs/rules.md}, one package a subject; docs name them, so rename both.
 */
@NullMarked
package dev.sluice.backend.tck;

import org.jspecify.annotations.NullMarked;
