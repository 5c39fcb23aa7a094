package dev.sluice.bench;

import dev.sluice.bench.BenchPoll.Item;
import dev.sluice.bench.figures.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Measures from the answer of an enqueue to the answer of the poll that hands the item out. The
 * last connection is the producer's, each other a worker's.
 */
final class Dispatch {

  /** A client cannot see when the last poll is parked. */
  private static final long SETTLE_MS = 500;

  private static final int AGENTS = 32;

  private final BenchLanes lanes;
  private final OnceCheck once;
  private final Findings findings;
  private final BenchItems items;
  private final String producer;
  private final Duration patience;

  /** The slots of a stock worker; 0 for workers that wait. */
  private final int stockCapacity;

  private final ScheduledExecutorService agents =
      Executors.newScheduledThreadPool(
          AGENTS,
          work -> {
            Thread thread = new Thread(work, "bench agent");
            thread.setDaemon(true);
            return thread;
          });

  private final int from;
  private final AtomicLongArray enqueued;
  private final AtomicLongArray out;
  private final AtomicLong lastArrival = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean over;

  /** {@code options.patience} is the longest time without an item; then the rest is missing. */
  Dispatch(
      BenchLanes lanes,
      Findings findings,
      BenchItems items,
      String producer,
      int from,
      int count,
      BenchOptions options) {
    this.lanes = lanes;
    this.findings = findings;
    this.items = items;
    this.producer = producer;
    this.from = from;
    this.patience = options.patience();
    this.stockCapacity = options.stock() ? options.capacity() : 0;
    once = OnceCheck.ofNumbered(findings, items, from, count);
    enqueued = new AtomicLongArray(count);
    out = new AtomicLongArray(count);
  }

  void steadily(int rate) throws IOException, InterruptedException {
    long pause = TimeUnit.SECONDS.toNanos(1) / rate;
    run(
        lane -> {
          long start = System.nanoTime();
          for (int i = 0; i < enqueued.length() && !lanes.failed(); i++) {
            sleepUntil(start + i * pause);
            lane.client().enqueue(producer, items.batch(from + i, from + i + 1));
            enqueued.set(i, System.nanoTime());
          }
        });
  }

  void atOnce() throws IOException, InterruptedException {
    run(
        lane -> {
          byte[] batch = items.batch(from, from + enqueued.length());
          long start = System.nanoTime();
          lane.client().enqueue(producer, batch);
          for (int i = 0; i < enqueued.length(); i++) {
            enqueued.set(i, start);
          }
        });
  }

  private interface Production {
    void on(BenchLane lane) throws IOException, InterruptedException;
  }

  private void run(Production production) throws IOException, InterruptedException {
    waiting.set(lanes.size() - 1);
    lanes.run(
        lane -> {
          if (lane.index() < lanes.size() - 1) {
            takeWhatComes(lane);
          } else {
            // nothing tells a client that its poll is parked
            Thread.sleep(stockCapacity == 0 ? SETTLE_MS : settle(lanes.workers()));
            lastArrival.set(System.nanoTime());
            production.on(lane);
            awaitTheLast();
            letGo(lane);
          }
          return lane;
        });
    agents.shutdown(); // sessions that run end first
    if (!agents.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IOException("sessions don't end");
    }
    once.reportMissing();
  }

  private void takeWhatComes(BenchLane lane) throws IOException, InterruptedException {
    try {
      if (stockCapacity > 0) {
        new StockClient(lane, stockCapacity, findings, agents).run(this::arrived, this::isOver);
        return;
      }
      CheckedCalls calls = new CheckedCalls(lane, findings);
      BenchWorker worker = lane.next();
      Tally tally = new Tally();
      while (!over && !lanes.failed()) {
        for (Item item : calls.await(worker, tally)) {
          arrived(item.sessionId(), tally.lastClaim);
          calls.report(worker, item.sessionId(), worker.completed());
        }
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void arrived(String sessionId, long moment) {
    if (once.handedOut(sessionId)) {
      out.set(items.number(sessionId) - from, moment);
      lastArrival.set(moment);
    }
  }

  private void awaitTheLast() throws InterruptedException {
    while (!once.complete()
        && !lanes.failed()
        && System.nanoTime() - lastArrival.get() < patience.toNanos()) {
      Thread.sleep(1); // waking for each arrival would take time from what is measured
    }
    over = true;
  }

  private boolean isOver() {
    return over || lanes.failed();
  }

  /** Until each has polled once. */
  private static long settle(List<BenchWorker> workers) {
    return SETTLE_MS + 2 * workers.stream().mapToLong(BenchWorker::pollMillis).max().orElse(0);
  }

  /** A newer poll of the same worker ends an older one. */
  private void letGo(BenchLane lane) throws IOException, InterruptedException {
    while (waiting.get() > 0) {
      for (BenchWorker worker : lanes.workers()) {
        BenchPoll.parse(lane.beside().poll(worker).body())
            .work()
            .forEach(item -> arrived(item.sessionId(), System.nanoTime()));
      }
      Thread.sleep(10); // the polls that end come back to other lanes
    }
  }

  private static void sleepUntil(long moment) throws InterruptedException {
    long left = moment - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** An item that is out before its producer is answered counts as zero. */
  Samples latencies() {
    Samples samples = new Samples();
    for (int i = 0; i < out.length(); i++) {
      if (out.get(i) != 0 && enqueued.get(i) != 0) {
        samples.add(Math.max(0, out.get(i) - enqueued.get(i)));
      }
    }
    return samples;
  }
}
