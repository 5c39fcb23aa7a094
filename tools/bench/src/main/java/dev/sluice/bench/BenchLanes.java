package dev.sluice.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Each connection has its own thread. */
final class BenchLanes implements Closeable {

  private final List<BenchLane> lanes;
  private final ExecutorService threads;
  private volatile boolean failed;

  BenchLanes(BenchOptions options) {
    this.lanes = IntStream.range(0, options.connections()).mapToObj(i -> lane(options, i)).toList();
    this.threads =
        Executors.newFixedThreadPool(
            lanes.size(),
            work -> {
              Thread thread = new Thread(work, "bench");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** In dispatch mode the last lane is the producer's, and workers may poll another node. */
  private static BenchLane lane(BenchOptions options, int index) {
    boolean producer = options.mode() != BenchMode.DISPATCH || index == options.connections() - 1;
    return new BenchLane(
        index,
        client(options, producer ? options.url() : options.workersUrl()),
        client(
            options,
            options.mode() == BenchMode.LADDER ? options.adminUrl() : options.workersUrl()));
  }

  private static FleetClient client(BenchOptions options, URI url) {
    return new FleetClient(url, options.timeout(), options.retry());
  }

  interface Task<T> {
    T run(BenchLane lane) throws IOException, InterruptedException;
  }

  /**
   * Results are in the order of the lanes. The first failure is thrown; {@link #failed} tells the
   * other threads to stop.
   */
  <T> List<T> run(Task<T> task) throws IOException, InterruptedException {
    List<Callable<T>> calls = new ArrayList<>(lanes.size());
    for (BenchLane lane : lanes) {
      calls.add(() -> guarded(task, lane));
    }
    IOException failure = null;
    List<T> results = new ArrayList<>(lanes.size());
    for (Future<T> future : threads.invokeAll(calls)) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (failure == null) {
          failure =
              e.getCause() instanceof IOException io
                  ? io
                  : new IOException("bench broke: " + e.getCause(), e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private <T> T guarded(Task<T> task, BenchLane lane) throws Exception {
    boolean done = false;
    try {
      T result = task.run(lane);
      done = true;
      return result;
    } finally {
      if (!done) {
        failed = true;
      }
    }
  }

  boolean failed() {
    return failed;
  }

  List<BenchWorker> workers() {
    return lanes.stream().flatMap(lane -> lane.workers().stream()).toList();
  }

  int size() {
    return lanes.size();
  }

  /** Read it between two tasks. */
  long requests() {
    return lanes.stream().mapToLong(lane -> lane.client().requests()).sum();
  }

  /** Read it between two tasks. */
  long repeats() {
    return lanes.stream().mapToLong(lane -> lane.client().repeats()).sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
