/**
 * The store as a whole: {@link dev.sluice.backend.store.QueueBackend} has a method for each part of
 * the contract, {@link dev.sluice.backend.store.QueueBackendFactory} builds it, and {@link
 * dev.sluice.backend.store.Upkeep} keeps it in order. No other package of the contract needs this
 * one.
 *
 * <p>{@code META-INF/services} names the factory. The sizes of {@link
 * dev.sluice.backend.store.StoredBytes} are stored, as are {@link
 * dev.sluice.backend.store.PackedNames}, and both stay. All else may be changed with all backends
 * and the kit.
 */
@NullMarked
package dev.sluice.backend.store;

import org.jspecify.annotations.NullMarked;
