package dev.sluice.backend.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import java.util.List;

/**
 * Jobs delivered by the answers of polls: docs/rules.md, "Batch lane". They are no sessions: no
 * claim, slot, project or counts.
 */
public interface BatchLane {

  /** Required to be offered jobs. */
  String CAPABILITY = "code-survival-scan";

  /**
   * Adds jobs, in order. Each is atomic and has its own result: added; a repeat of equal content,
   * which changes nothing; or refused with {@link Refusal#CONFLICT} (the id has other content) or
   * {@link Refusal#QUEUE_FULL} ({@link Rules#maxBatch()} jobs wait or are offered). May be repeated
   * as a whole.
   */
  List<BatchAdded> add(String org, List<NewBatchJob> jobs);

  /**
   * @throws RefusedException {@link Refusal#UNKNOWN_JOB}
   */
  BatchJob find(String org, String jobId);
}
