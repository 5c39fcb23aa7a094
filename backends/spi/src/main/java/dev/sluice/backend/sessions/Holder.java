package dev.sluice.backend.sessions;

import dev.sluice.backend.workers.WorkerRef;
import org.jspecify.annotations.Nullable;

/**
 * A worker acting on a session it believes to own.
 *
 * @param registeredBy see {@link WorkerRef}
 * @param token 0 to decide by the worker's id alone
 */
public record Holder(String workerId, @Nullable String registeredBy, long token) {}
