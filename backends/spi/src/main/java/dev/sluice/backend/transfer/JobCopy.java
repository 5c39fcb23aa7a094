package dev.sluice.backend.transfer;

import dev.sluice.backend.work.BatchJob;
import org.jspecify.annotations.Nullable;

/**
 * A job of the batch lane, as in {@link BatchJob} where nothing else is said.
 *
 * @param seq of the enqueue, the order of waiting jobs
 * @param held true while the worker's record is that of the offer, so that its next poll delivers
 *     the job
 */
public record JobCopy(
    String id,
    String contentHash,
    String item,
    long seq,
    BatchJob.State state,
    int offers,
    @Nullable String workerId,
    long createdAtMs,
    long updatedAtMs,
    long offeredUntilMs,
    boolean held)
    implements OrgRecord {}
