package dev.sluice.bench;

import dev.sluice.bench.Findings.Check;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

final class Enqueuer {

  private final BenchLanes lanes;
  private final Findings findings;
  private final String credential;
  private final int batch;
  private final AtomicLong duplicates = new AtomicLong();

  Enqueuer(BenchLanes lanes, Findings findings, String credential, int batch) {
    this.lanes = lanes;
    this.findings = findings;
    this.credential = credential;
    this.batch = batch;
  }

  /** Returns the time in ns. */
  long enqueue(BenchItems items, int from, int count) throws IOException, InterruptedException {
    int end = from + count;
    AtomicInteger next = new AtomicInteger(from);
    long start = System.nanoTime();
    lanes.run(
        lane -> {
          int first = next.getAndAdd(batch);
          while (first < end && !lanes.failed()) {
            int last = Math.min(first + batch, end);
            judge(
                lane.client().enqueue(credential, items.batch(first, last)),
                last - first,
                items.id(first));
            first = next.getAndAdd(batch);
          }
          return lane;
        });
    return System.nanoTime() - start;
  }

  private void judge(FleetClient.Enqueued answer, int sent, String firstId) {
    duplicates.addAndGet(answer.duplicates());
    for (String error : answer.refused()) {
      findings.add(Check.ENQUEUE, "in the batch from " + firstId + ": " + error);
    }
    int answered = answer.accepted() + answer.refused().size();
    if (answered != sent) {
      findings.add(
          Check.ENQUEUE,
          "the batch from " + firstId + " of " + sent + " items has " + answered + " results");
    }
  }

  long duplicates() {
    return duplicates.get();
  }
}
