package dev.sluice.backend.workers;

import org.jspecify.annotations.Nullable;

/**
 * A worker and the caller's rights to it.
 *
 * @param org the caller's
 * @param registeredBy a credential if the caller may only act for its workers, others are then
 *     unknown; null if the caller is the worker or may act for the org
 */
public record WorkerRef(String org, String workerId, @Nullable String registeredBy) {}
