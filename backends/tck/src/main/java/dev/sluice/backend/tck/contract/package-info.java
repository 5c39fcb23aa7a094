/**
 * All cases in one class, {@link dev.sluice.backend.tck.contract.QueueBackendContract}, which the
 * test of a backend extends, and the engine with lost answers, on which such a test repeats calls.
 * No other package of the kit needs this one.
 *
 * <p>Names of nested classes are in the commands of {@code CONTRIBUTING.md} and in reports of
 * tests. All else may be changed freely.
 */
@NullMarked
package dev.sluice.backend.tck.contract;

import org.jspecify.annotations.NullMarked;
