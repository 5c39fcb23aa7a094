package dev.sluice.backend.work;

import dev.sluice.backend.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job added to the batch lane.
 *
 * @param jobId its key
 * @param state where it stands now; null if refused
 * @param duplicate whether the same had been added before
 * @param refusal why it was refused, or null: {@link Refusal#CONFLICT}, {@link Refusal#QUEUE_FULL}
 */
public record BatchAdded(
    String jobId, BatchJob.@Nullable State state, boolean duplicate, @Nullable Refusal refusal) {}
