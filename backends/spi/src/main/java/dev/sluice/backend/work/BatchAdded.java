package dev.sluice.backend.work;

import dev.sluice.backend.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * @param state null if refused
 * @param duplicate true if equal content was added before
 * @param refusal {@link Refusal#CONFLICT}, {@link Refusal#QUEUE_FULL}, {@link Refusal#STORE_FULL},
 *     or null
 */
public record BatchAdded(
    String jobId, BatchJob.@Nullable State state, boolean duplicate, @Nullable Refusal refusal) {}
