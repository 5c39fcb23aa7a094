package dev.sluice.bench;

import dev.sluice.bench.figures.Figure;
import dev.sluice.bench.figures.Figures;
import java.time.Duration;
import java.util.List;

final class Stopwatch {

  private final BenchLanes lanes;
  private final List<Long> server;
  private final long requests;
  private final long cpuNanos;
  private final long serverNanos;
  private final long start;

  private Stopwatch(BenchLanes lanes, List<Long> server) {
    this.lanes = lanes;
    this.server = server;
    this.requests = lanes.requests();
    this.cpuNanos = cpu(ProcessHandle.current());
    this.serverNanos = serverCpu();
    this.start = System.nanoTime();
  }

  /** {@code server} may be empty. */
  static Stopwatch start(BenchLanes lanes, List<Long> server) {
    return new Stopwatch(lanes, server);
  }

  long elapsed() {
    return System.nanoTime() - start;
  }

  long until(long moment) {
    return moment - start;
  }

  void addCpu(Figures figures) {
    long sent = lanes.requests() - requests;
    if (sent > 0) {
      figures.add(Figure.TOOL_CPU, (cpu(ProcessHandle.current()) - cpuNanos) / 1e3 / sent);
      addServerCpu(figures, Figure.SERVER_CPU, sent);
    }
  }

  /** Adds the CPU time of the server for each of {@code count}. */
  void addServerCpu(Figures figures, Figure figure, long count) {
    if (!server.isEmpty() && count > 0) {
      figures.add(figure, (serverCpu() - serverNanos) / 1e3 / count);
    }
  }

  private long serverCpu() {
    return server.stream()
        .mapToLong(pid -> ProcessHandle.of(pid).map(Stopwatch::cpu).orElse(0L))
        .sum();
  }

  private static long cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
