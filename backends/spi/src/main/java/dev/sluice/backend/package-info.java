/**
 * The contract of queue backends, in queue language only, and the types that all its parts share:
 * names, pages and cursors, refusals, rules, times and hints.
 *
 * <p>Start at {@code dev.sluice.backend.store.QueueBackend}. The service and the pages call it,
 * backends implement it, and the contract kit in {@code backends/tck} pins its behaviour. States
 * and places are drawn in {@code SessionState} and {@code Place}.
 *
 * <p>This package needs none of the others. The parts stand on it in this order: {@code work},
 * {@code stops} and {@code inbox}; {@code workers}; {@code sessions}; {@code queues}; {@code
 * audit}; {@code transfer}; {@code store}. Of {@code figures}, {@code findings}, {@code keys} and
 * {@code nodes} each needs this package alone.
 *
 * <p>Components of stored records are only appended. All else may be changed with all backends and
 * the kit.
 */
@NullMarked
package dev.sluice.backend;

import org.jspecify.annotations.NullMarked;
