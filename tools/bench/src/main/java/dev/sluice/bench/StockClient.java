package dev.sluice.bench;

import dev.sluice.bench.BenchPoll.Item;
import dev.sluice.bench.Findings.Check;
import dev.sluice.bench.wire.ServerRefusedException;
import dev.sluice.bench.wire.WireAnswer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A worker that polls as a stock client, and runs its items beside its polls. */
final class StockClient {

  private static final long RUN_MS = 200;

  private static final long OVERTAKES_MS = 500;

  private final StockDialect dialect;
  private final BenchWorker worker;
  private final FleetClient client;
  private final int capacity;
  private final Findings findings;
  private final ScheduledExecutorService agents;

  /** A report sent sooner behind a poll may overtake it, and its slot be free for that poll. */
  private final long overtakesNanos;

  private final Object lock = new Object();
  private int running;
  private long asked;

  StockClient(BenchLane lane, int capacity, Findings findings, ScheduledExecutorService agents) {
    this.dialect = StockDialect.of(lane.index());
    this.worker = lane.workers().get(0);
    this.client = lane.client();
    this.capacity = capacity;
    this.findings = findings;
    this.agents = agents;
    this.overtakesNanos =
        TimeUnit.MILLISECONDS.toNanos(Math.min(OVERTAKES_MS, worker.pollMillis() / 2));
  }

  interface Arrivals {
    void add(String sessionId, long moment);
  }

  void run(Arrivals arrivals, BooleanSupplier over) throws IOException, InterruptedException {
    long interval = TimeUnit.MILLISECONDS.toNanos(worker.pollMillis());
    // Fleets don't start in one moment.
    TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(interval));
    long start = System.nanoTime();
    long ticks = 0;
    if (!dialect.pollsAtOnce()) {
      ticks = 1;
      TimeUnit.NANOSECONDS.sleep(interval);
    }
    while (!over.getAsBoolean()) {
      poll(arrivals);
      if (dialect == StockDialect.TYPESCRIPT) {
        double jitter = ThreadLocalRandom.current().nextDouble(1, 1.4);
        TimeUnit.NANOSECONDS.sleep((long) (interval * jitter));
        continue;
      }
      long passed = (System.nanoTime() - start) / interval;
      if (passed > ticks) {
        ticks = passed; // the kept tick
      } else {
        ticks++;
        long left = start + ticks * interval - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
    }
  }

  private void poll(Arrivals arrivals) throws IOException, InterruptedException {
    int slots;
    synchronized (lock) {
      slots = capacity - running;
      asked = System.nanoTime();
    }
    WireAnswer raw = client.plainPoll(worker);
    long moment = System.nanoTime();
    List<Item> work = BenchPoll.parse(raw.body()).work();
    synchronized (lock) {
      running += work.size();
    }
    for (int i = 0; i < work.size(); i++) {
      String id = work.get(i).sessionId();
      arrivals.add(id, moment);
      if (i >= slots) {
        findings.add(Check.NO_SLOT, id);
      }
      agents.execute(() -> report(id, worker.running()));
      endIn(TimeUnit.MILLISECONDS.toNanos(RUN_MS), id);
    }
  }

  private void endIn(long nanos, String sessionId) {
    Future<?> unused = agents.schedule(() -> end(sessionId), nanos, TimeUnit.NANOSECONDS);
  }

  private void end(String sessionId) {
    synchronized (lock) {
      long early = asked + overtakesNanos - System.nanoTime();
      if (early > 0) {
        endIn(early, sessionId);
        return;
      }
      running--; // the server can't know it earlier
    }
    report(sessionId, worker.completed());
  }

  private void report(String sessionId, byte[] body) {
    try {
      WireAnswer answer = client.report(worker, sessionId, body);
      if (!answer.ok()) {
        findings.add(
            Check.STATUS, ServerRefusedException.describe("status of " + sessionId, answer));
      }
    } catch (IOException e) {
      findings.add(Check.STATUS, "status of " + sessionId + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
