package dev.sluice.backend.tck.model;

import dev.sluice.backend.BatchJob;
import dev.sluice.backend.BatchLane;
import dev.sluice.backend.BatchOffer;
import dev.sluice.backend.PollRequest;
import java.util.ArrayList;
import java.util.List;

/** The jobs that a poll brings and delivers: docs/rules.md, "Batch lane". */
final class JobOffers {

  private JobOffers() {}

  /** A worker that polls again has had the answer of the poll before. */
  static void deliver(OrgState org, ModelWorker worker) {
    for (ModelJob job : standing(org, worker)) {
      job.state = BatchJob.State.DELIVERED;
      job.updatedAt = org.now;
    }
    worker.lastOffers = List.of();
  }

  /** The jobs that wait longest, if it asks for them and may get any. */
  static void offer(OrgState org, ModelWorker worker, PollRequest request) {
    boolean may = worker.can(List.of(BatchLane.CAPABILITY)) && Eligibility.available(org, worker);
    if (!request.batch() || !may) {
      return;
    }
    List<ModelWorker.JobOffer> offers = new ArrayList<>();
    org.jobs.stream()
        .filter(ModelJob::waits)
        .limit(org.rules.maxItemsPerPoll())
        .forEach(
            job -> {
              job.state = BatchJob.State.OFFERED;
              job.offers++;
              job.workerId = worker.id();
              job.offerEnds = org.now + org.rules.visibilityMs();
              job.updatedAt = org.now;
              offers.add(new ModelWorker.JobOffer(job.id(), job.offers));
            });
    worker.lastOffers = offers;
  }

  /** What is answered: the offers of the worker's last poll that nothing has undone since. */
  static List<BatchOffer> answer(OrgState org, ModelWorker worker) {
    return standing(org, worker).stream()
        .map(job -> new BatchOffer(job.id(), job.job.item()))
        .toList();
  }

  /** Without a word of its worker a job waits anew, in its old place, or is given up on. */
  static void end(OrgState org, ModelJob job) {
    boolean enough = job.offers >= org.rules.tries().maxOffers();
    job.state = enough ? BatchJob.State.DEAD : BatchJob.State.WAITING;
    job.updatedAt = org.now;
  }

  private static List<ModelJob> standing(OrgState org, ModelWorker worker) {
    return org.jobs.stream()
        .filter(job -> job.offered() && worker.id().equals(job.workerId))
        .filter(job -> worker.lastOffers.contains(new ModelWorker.JobOffer(job.id(), job.offers)))
        .toList();
  }
}
