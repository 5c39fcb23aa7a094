package dev.sluice.backend.tck.model;

import dev.sluice.backend.BatchAdded;
import dev.sluice.backend.BatchJob;
import dev.sluice.backend.BatchLane;
import dev.sluice.backend.Decided;
import dev.sluice.backend.NewBatchJob;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.StoredBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Jobs beside the work: docs/rules.md, "Batch lane". */
final class ModelBatch implements BatchLane {

  private final ModelStore store;

  ModelBatch(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<List<BatchAdded>> add(String org, List<NewBatchJob> jobs) {
    List<BatchAdded> results = new ArrayList<>();
    long seq = store.turn(org, state -> state.id).seq();
    for (NewBatchJob job : jobs) {
      Decided<BatchAdded> result = store.turn(org, state -> add(state, job));
      results.add(result.value());
      seq = result.seq();
    }
    return new Decided<>(seq, List.copyOf(results));
  }

  private static BatchAdded add(OrgState org, NewBatchJob job) {
    Optional<ModelJob> known = org.findJob(job.jobId());
    if (known.isPresent()) {
      return repeat(known.get(), job);
    }
    long live = org.jobs.stream().filter(other -> !other.over()).count();
    if (live >= org.rules.maxBatch()) {
      return new BatchAdded(job.jobId(), null, false, Refusal.QUEUE_FULL);
    }
    if (org.isFullForWork(StoredBytes.of(job))) {
      return new BatchAdded(job.jobId(), null, false, Refusal.STORE_FULL);
    }
    org.change();
    org.jobs.add(new ModelJob(job, org.now));
    return new BatchAdded(job.jobId(), BatchJob.State.WAITING, false, null);
  }

  private static BatchAdded repeat(ModelJob known, NewBatchJob job) {
    return known.job.contentHash().equals(job.contentHash())
        ? new BatchAdded(job.jobId(), known.state, true, null)
        : new BatchAdded(job.jobId(), null, false, Refusal.CONFLICT);
  }

  @Override
  public Decided<BatchJob> find(String org, String jobId) {
    return store.turn(
        org,
        state ->
            state
                .findJob(jobId)
                .map(ModelJob::view)
                .orElseThrow(() -> state.refusal(Refusal.UNKNOWN_JOB, jobId)));
  }
}
