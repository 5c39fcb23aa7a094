package dev.sluice.bench;

import dev.sluice.bench.BenchPoll.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

final class Drain {

  private static final long LONGEST_PAUSE_MS = 50;

  private final BenchLanes lanes;
  private final OnceCheck once;
  private final Findings findings;
  private final boolean complete;
  private final long patienceNanos;
  private final Map<BenchLane, CheckedCalls> calls = new ConcurrentHashMap<>();
  private final AtomicLong lastArrival = new AtomicLong();

  /** {@code patience} is the longest time without an item before the rest is given up. */
  Drain(BenchLanes lanes, OnceCheck once, Findings findings, boolean complete, Duration patience) {
    this.lanes = lanes;
    this.once = once;
    this.findings = findings;
    this.complete = complete;
    this.patienceNanos = patience.toNanos();
  }

  Tally run() throws IOException, InterruptedException {
    lastArrival.set(System.nanoTime());
    return Tally.sum(lanes.run(this::drain));
  }

  /** Polls once more for each worker, uncounted, to find items handed out twice. */
  void aftermath() throws IOException, InterruptedException {
    lanes.run(
        lane -> {
          for (BenchWorker worker : lane.workers()) {
            poll(lane, worker, new Tally());
          }
          return lane;
        });
  }

  private Tally drain(BenchLane lane) throws IOException, InterruptedException {
    Tally tally = new Tally();
    int idle = 0;
    while (!once.complete() && !lanes.failed()) {
      if (poll(lane, lane.next(), tally)) {
        idle = 0;
      } else if (System.nanoTime() - lastArrival.get() > patienceNanos) {
        break;
      } else if (++idle >= lane.workers().size()) {
        // Nothing for anybody here, though items are out: in others' hands, or lost for a while.
        Thread.sleep(Math.min(LONGEST_PAUSE_MS, idle / lane.workers().size()));
      }
    }
    return tally;
  }

  private boolean poll(BenchLane lane, BenchWorker worker, Tally tally)
      throws IOException, InterruptedException {
    CheckedCalls lanesCalls = calls.computeIfAbsent(lane, l -> new CheckedCalls(l, findings));
    List<Item> work = lanesCalls.poll(worker, tally);
    if (work.isEmpty()) {
      return false;
    }
    lastArrival.set(System.nanoTime());
    for (Item item : work) {
      String id = item.sessionId();
      if (!once.handedOut(id)) {
        continue;
      }
      if (!complete) {
        worker.held().add(id);
        continue;
      }
      boolean running = lanesCalls.report(worker, id, worker.running());
      boolean completed = lanesCalls.report(worker, id, worker.completed());
      if (running && completed) {
        tally.completed++;
        tally.lastCompletion = System.nanoTime();
      }
    }
    return true;
  }
}
