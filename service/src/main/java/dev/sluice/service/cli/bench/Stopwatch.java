package dev.sluice.service.cli.bench;

import java.time.Duration;

/** What a stretch of a measurement took: time, and the tool's own CPU. */
final class Stopwatch {

  private final Lanes lanes;
  private final long requests;
  private final long cpuNanos;
  private final long start;

  private Stopwatch(Lanes lanes) {
    this.lanes = lanes;
    this.requests = lanes.requests();
    this.cpuNanos = cpu();
    this.start = System.nanoTime();
  }

  static Stopwatch start(Lanes lanes) {
    return new Stopwatch(lanes);
  }

  /** Nanoseconds so far. */
  long elapsed() {
    return System.nanoTime() - start;
  }

  /** Nanoseconds from the start to a moment of {@link System#nanoTime}. */
  long until(long moment) {
    return moment - start;
  }

  /** Adds the tool's CPU by request so far, of all its threads, the JIT compiler's included. */
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
