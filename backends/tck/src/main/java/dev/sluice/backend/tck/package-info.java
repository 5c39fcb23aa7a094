/**
 * The kit that tests every backend: the store under test, and the words of which the cases are
 * made. The cases follow {@code docs/rules.md}, one package a subject, and stand on this package,
 * which needs none of them; docs name them, so rename both. All else may be changed freely.
 *
 * <p>Start at {@code dev.sluice.backend.tck.contract.QueueBackendContract}, which a backend's test
 * extends to open its store as a {@link dev.sluice.backend.tck.BackendUnderTest}.
 */
@NullMarked
package dev.sluice.backend.tck;

import org.jspecify.annotations.NullMarked;
