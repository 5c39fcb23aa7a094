package dev.sluice.backend.sessions;

import dev.sluice.backend.workers.WorkerRef;
import org.jspecify.annotations.Nullable;

/**
 * A worker that acts on a session it believes to own.
 *
 * @param workerId the worker
 * @param registeredBy as in {@link WorkerRef}
 * @param token the claim it means; 0 when it names none, and its id alone decides
 */
public record Holder(String workerId, @Nullable String registeredBy, long token) {}
