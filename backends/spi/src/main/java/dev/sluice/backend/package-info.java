/**
 * The contract of queue backends, in queue language only.
 *
 * <p>Start at {@link dev.sluice.backend.QueueBackend}; the packages below this one are its parts by
 * subject. The rules that no store may vary (order, state machine, names, inbox shares) stand here
 * as code; everything else is pinned by the contract kit in {@code backends/tck}. Records here that
 * the engine stores may get components at their end; none is removed or moved. States and places
 * are drawn in {@link dev.sluice.backend.sessions.SessionState} and {@link
 * dev.sluice.backend.work.Place}.
 */
@NullMarked
package dev.sluice.backend;

import org.jspecify.annotations.NullMarked;
