package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * A small benchmark of a member's throughput, run by hand as {@code main}.
 *
 * <p>Each thread is a worker; a cycle is one enqueue, one poll and one completion. {@code depth}
 * items in 100 projects wait all the time. Latencies are those of polls.
 */
public final class CycleBench {

  private static final String ORG = "bench";
  private static final int PROJECTS = 100;
  private static final String ITEM = "{\"prompt\":\"" + "x".repeat(480) + "\"}";
  private static final long ROUND_MS = 4_000;

  private final HazelcastBackend backend =
      HazelcastBackend.start(
          MemberConfig.alone(),
          new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE));
  private final boolean named;

  private CycleBench(boolean named) {
    this.named = named;
  }

  /**
   * @param args depth; {@code all} or {@code named}: workers take all projects, or three
   */
  public static void main(String[] args) throws Exception {
    int depth = Integer.parseInt(args[0]);
    CycleBench bench = new CycleBench(args.length > 1 && args[1].equals("named"));
    try {
      bench.fill(depth);
      bench.round(8, "warm-up");
      for (int threads : new int[] {1, 8, 16}) {
        bench.round(threads, "depth " + depth + ", " + threads + " threads");
      }
      bench.emptyPolls();
    } finally {
      bench.backend.close();
    }
  }

  private void fill(int depth) {
    long start = System.nanoTime();
    for (int from = 0; from < depth; from += 1_000) {
      List<NewWork> items = new ArrayList<>();
      for (int i = from; i < Math.min(depth, from + 1_000); i++) {
        items.add(item("fill-" + i, i));
      }
      backend.work().enqueue(ORG, items);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("filled %d in %.1f s, %.0f items/s%n", depth, seconds, depth / seconds);
  }

  private void round(int threads, String name) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<long[]>> runs = new ArrayList<>();
    Duration cpu = cpu();
    long end = System.nanoTime() + ROUND_MS * 1_000_000;
    for (int t = 0; t < threads; t++) {
      int number = t;
      runs.add(pool.submit(() -> cycles(name + " worker " + number, number, end)));
    }
    long[] latencies = new long[0];
    for (Future<long[]> run : runs) {
      latencies = LongStream.concat(Arrays.stream(latencies), Arrays.stream(run.get())).toArray();
    }
    pool.shutdown();
    long cpuMicros = cpu().minus(cpu).toNanos() / 1_000;
    Arrays.sort(latencies);
    System.out.printf(
        "%s: %d cycles/s, %d us of CPU a cycle, poll p50 %d us, p99 %d us%n",
        name,
        latencies.length * 1_000L / ROUND_MS,
        cpuMicros / latencies.length,
        latencies[latencies.length / 2] / 1_000,
        latencies[latencies.length * 99 / 100] / 1_000);
  }

  private long[] cycles(String workerId, int number, long end) {
    WorkerRef worker = register(workerId, number);
    long[] latencies = new long[1 << 20];
    int n = 0;
    while (System.nanoTime() < end && n < latencies.length) {
      String id = workerId + "-" + n;
      backend.work().enqueue(ORG, List.of(item(id, number)));
      long start = System.nanoTime();
      List<ClaimedWork> work = backend.workers().poll(new PollRequest(worker, id, 1)).work();
      latencies[n++] = System.nanoTime() - start;
      if (work.size() != 1) {
        throw new IllegalStateException("nothing to do at " + id);
      }
      backend
          .sessions()
          .report(
              ORG,
              work.get(0).sessionId(),
              new Holder(workerId, null, work.get(0).token()),
              new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1));
    }
    return Arrays.copyOf(latencies, n);
  }

  private void emptyPolls() {
    WorkerRef worker = register("idle", -1);
    for (int round = 0; round < 2; round++) {
      int polls = 0;
      Duration cpu = cpu();
      long end = System.nanoTime() + 2_000_000_000L;
      while (System.nanoTime() < end) {
        backend.workers().poll(new PollRequest(worker, "idle-" + polls++, 0));
      }
      System.out.printf(
          "1 thread: %d empty polls/s, %d us of CPU a poll%n",
          polls / 2, cpu().minus(cpu).toNanos() / 1_000 / polls);
    }
  }

  private WorkerRef register(String workerId, int number) {
    List<String> projects =
        named ? List.of(project(number), project(number + 1), project(number + 2)) : List.of();
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                workerId,
                "key",
                Dialect.STANDARD,
                "host",
                5,
                Projects.of(projects),
                List.of(),
                false,
                "{}"));
    return new WorkerRef(ORG, workerId, null);
  }

  private static NewWork item(String id, int number) {
    return new NewWork(
        id,
        id,
        id,
        project(number),
        List.of(),
        5,
        System.currentTimeMillis(),
        0,
        0,
        Integer.toHexString(id.hashCode()).repeat(8),
        ITEM);
  }

  /** CPU time of the process, which depends little on other load of the machine. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static String project(int number) {
    return "project-" + Math.floorMod(number, PROJECTS);
  }
}
