package dev.sluice.backend.work;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.workers.PollRequest;
import java.util.List;

/**
 * Jobs that ride on the answers of polls beside the work, protocol 9.3. They are no sessions: no
 * claim, no slot, no project, and they count nowhere.
 *
 * <p>A poll that asks for them ({@link PollRequest#batch()}), of a worker with {@link #CAPABILITY}
 * that may get work, is offered up to {@link Rules#maxItemsPerPoll()} waiting jobs of the org, the
 * oldest first. The protocol has no call that ends a job: it is delivered when the worker it was
 * offered to polls again, under another request id. Without that it waits anew {@link
 * Rules#visibilityMs()} after its offer, in its old place, and is dead after {@link
 * Rules.Tries#maxOffers()} offers. What is over is kept for {@link Rules.Kept#endedMs()}.
 */
public interface BatchLane {

  /** What a worker must have registered to be offered jobs. */
  String CAPABILITY = "code-survival-scan";

  /**
   * Adds jobs, in order. Each is atomic by itself and has its own result: added, a repeat of the
   * same content (answers the present state, changes nothing), or refused with {@link
   * Refusal#CONFLICT} (the id is taken by other content) or {@link Refusal#QUEUE_FULL} (the org has
   * {@link Rules#maxBatch()} jobs that are waiting or offered). Safe to repeat as a whole.
   */
  Decided<List<BatchAdded>> add(String org, List<NewBatchJob> jobs);

  /**
   * A job, live or over.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_JOB}
   */
  Decided<BatchJob> find(String org, String jobId);
}
