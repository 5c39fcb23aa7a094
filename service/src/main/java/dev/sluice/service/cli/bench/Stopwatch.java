package dev.sluice.service.cli.bench;

import dev.sluice.service.cli.bench.figures.Figure;
import dev.sluice.service.cli.bench.figures.Figures;
import java.time.Duration;

final class Stopwatch {

  private final BenchLanes lanes;
  private final long requests;
  private final long cpuNanos;
  private final long start;

  private Stopwatch(BenchLanes lanes) {
    this.lanes = lanes;
    this.requests = lanes.requests();
    this.cpuNanos = cpu();
    this.start = System.nanoTime();
  }

  static Stopwatch start(BenchLanes lanes) {
    return new Stopwatch(lanes);
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
      figures.add(Figure.TOOL_CPU, (cpu() - cpuNanos) / 1e3 / sent);
    }
  }

  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
