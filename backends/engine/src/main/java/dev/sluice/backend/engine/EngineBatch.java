package dev.sluice.backend.engine;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.read.OrgReads.FindJob;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.write.BatchOperations.AddJobs;
import dev.sluice.backend.engine.write.BatchOperations.FailJob;
import dev.sluice.backend.engine.write.Poll;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.work.NewBatchJob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs are in the state, their items in the jobs table. */
final class EngineBatch implements BatchLane {

  private static final Logger LOG = LoggerFactory.getLogger(EngineBatch.class);

  /** Jobs added in one step, while other calls of the org wait. */
  private static final int AT_ONCE = 100;

  private final Orgs orgs;
  private final Blobs items;
  private final Registry registry;

  EngineBatch(Orgs orgs, SideTables tables, Registry registry) {
    this.orgs = orgs;
    this.items = tables.jobs();
    this.registry = registry;
  }

  @Override
  public List<BatchAdded> add(String org, List<NewBatchJob> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    registry.noteOrg(org);
    List<BatchAdded> results = new ArrayList<>(jobs.size());
    for (int from = 0; from < jobs.size(); from += AT_ONCE) {
      AddJobs.Answer answer =
          addSome(org, jobs.subList(from, Math.min(jobs.size(), from + AT_ONCE)));
      results.addAll(answer.results());
    }
    return results;
  }

  @Override
  public BatchJob find(String org, String jobId) {
    return orgs.reading(
        () -> {
          JobRecord job = orgs.call(org, new FindJob(jobId));
          String item = items.fetch(new Blobs.Ref(org, jobId, job.item()));
          if (item == null) {
            // deleted by another node meanwhile, or lost; a deleted job is unknown
            job = orgs.call(org, new FindJob(jobId));
          }
          return job.show(item == null ? "" : item);
        });
  }

  /** Adds the items. A job without its item becomes dead. */
  List<BatchOffer> show(String org, List<Poll.Job> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    List<@Nullable String> found =
        items.fetch(jobs.stream().map(job -> new Blobs.Ref(org, job.id(), job.item())).toList());
    List<BatchOffer> offers = new ArrayList<>(jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      String item = found.get(i);
      if (item != null) {
        offers.add(new BatchOffer(jobs.get(i).id(), item));
      } else {
        LOG.error("the item of job {} of org {} is missing", jobs.get(i).id(), org);
        orgs.callAside(org, new FailJob(jobs.get(i).id(), jobs.get(i).item()));
      }
    }
    return offers;
  }

  private AddJobs.Answer addSome(String org, List<NewBatchJob> jobs) {
    List<AddJobs.Job> entries =
        jobs.stream()
            .map(
                job ->
                    new AddJobs.Job(
                        job.jobId(), job.contentHash(), Blobs.newName(), StoredBytes.of(job)))
            .toList();
    List<Blobs.Ref> refs =
        entries.stream().map(entry -> new Blobs.Ref(org, entry.id(), entry.item())).toList();
    long now = orgs.now();
    items.store(refs, jobs.stream().map(NewBatchJob::item).toList(), now);
    AddJobs.Answer answer;
    try {
      answer = orgs.call(org, new AddJobs(entries, now));
    } catch (RefusedException e) {
      refs.forEach(items::delete);
      throw e;
    }
    for (int i = 0; i < entries.size(); i++) {
      BatchAdded result = answer.results().get(i);
      if (result.duplicate() || result.refusal() != null) {
        items.delete(refs.get(i)); // not used
      }
    }
    return answer;
  }
}
