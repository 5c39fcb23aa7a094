package dev.sluice.backend.workers;

import org.jspecify.annotations.Nullable;

/**
 * Names a worker, and what the caller may know of it.
 *
 * @param org the caller's org
 * @param workerId the worker
 * @param registeredBy id of the credential the caller holds, when it may act only for workers
 *     registered with it; null when the caller proved to be the worker, or may act for all of the
 *     org. A worker registered by another one is unknown to the caller.
 */
public record WorkerRef(String org, String workerId, @Nullable String registeredBy) {}
