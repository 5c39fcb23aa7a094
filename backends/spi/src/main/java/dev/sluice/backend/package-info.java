/**
 * The contract of queue backends, in queue language only.
 *
 * <p>Start at {@link dev.sluice.backend.QueueBackend}. The service and the pages call it, backends
 * implement it, and the contract kit in {@code backends/tck} pins its behaviour. States and places
 * are drawn in {@link dev.sluice.backend.sessions.SessionState} and {@link
 * dev.sluice.backend.work.Place}.
 *
 * <p>Components of stored records are only appended. All else may be changed with all backends and
 * the kit.
 */
@NullMarked
package dev.sluice.backend;

import org.jspecify.annotations.NullMarked;
