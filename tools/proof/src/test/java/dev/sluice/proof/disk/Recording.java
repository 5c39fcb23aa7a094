package dev.sluice.proof.disk;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The lives of a store in one data directory: plans, and events in their order.
 *
 * @param events by {@link Event#begin}
 * @param effects the same events in the order of {@link Event#effective}
 */
record Recording(List<Plan> plans, List<Event> events, List<Event> effects) {

  static final String ACKNOWLEDGED = "acknowledged ";
  static final String PAGE = "page ";
  static final String JOURNAL = "sluice.db";
  static final String LOG = "sluice.db-wal";
  static final String COMMIT_FILE = "sluice.commit";

  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final int CALLERS = 3;
  private static final int COPY_AFTER_COMMITS = 60;

  /** The first life is killed and leaves a log, the second one closes, the third is killed. */
  private static final List<String> ENDS = List.of("kill", "close", "kill");

  /**
   * Runs the lives under {@code strace}.
   *
   * @param at gets the data directory and the traces; is emptied
   * @param calls of each caller in each life
   */
  static Recording make(Path at, long seed, int calls) throws IOException, InterruptedException {
    if (!Files.isExecutable(STRACE)) {
      Programs.missing("No strace, which records what the store writes");
    }
    delete(at);
    Files.createDirectories(at);
    Path data = at.resolve("data").toAbsolutePath();
    for (int life = 1; life <= ENDS.size(); life++) {
      live(at, data, seed, life, calls);
    }
    return read(at, seed, calls);
  }

  /** Reads the traces of a recording that was made before. */
  static Recording read(Path at, long seed, int calls) throws IOException {
    Trace trace = new Trace(at.resolve("data").toAbsolutePath());
    List<Plan> plans = new ArrayList<>();
    for (int life = 1; life <= ENDS.size(); life++) {
      trace.read(trace(at, life));
      for (int caller = 0; caller < CALLERS; caller++) {
        plans.add(Plan.of(seed, life, caller, calls));
      }
    }
    return of(plans, trace.events());
  }

  private static Recording of(List<Plan> plans, List<Event> events) {
    return new Recording(
        plans,
        events.stream().sorted(Comparator.comparingInt(Event::begin)).toList(),
        events.stream().sorted(Comparator.comparingInt(Event::effective)).toList());
  }

  private static void live(Path at, Path data, long seed, int life, int calls)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            STRACE.toString(),
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-y",
            "-xx",
            "-s",
            String.valueOf(1 << 20),
            "-e",
            "signal=none",
            "-e",
            "trace=" + Trace.CALLS,
            "-o",
            trace(at, life).toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            RecordedProcess.class.getName(),
            data.toString(),
            String.valueOf(seed),
            String.valueOf(life),
            String.valueOf(CALLERS),
            String.valueOf(calls),
            String.valueOf(COPY_AFTER_COMMITS),
            ENDS.get(life - 1));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(at.resolve("life-" + life + ".out").toFile())
            .redirectError(at.resolve("life-" + life + ".err").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "life " + life + " failed: " + Files.readString(at.resolve("life-" + life + ".err")));
    }
  }

  private static Path trace(Path at, int life) {
    return at.resolve("life-" + life + ".strace");
  }

  /** Number of events, so that an image may be of any moment from 0 to this. */
  int moments() {
    return events.size();
  }

  /** Number of acknowledged calls by plan before a moment. */
  Map<String, Integer> acknowledged(int moment) {
    Map<String, Integer> acknowledged = new HashMap<>();
    for (Event event : events.subList(0, moment)) {
      if (event.kind() == Event.Kind.ACKNOWLEDGE) {
        acknowledged.merge(event.name(), 1, Integer::sum);
      }
    }
    return acknowledged;
  }

  /** The same recording with other events: what a store with a flaw would have done. */
  Recording with(UnaryOperator<List<Event>> change) {
    return of(plans, change.apply(events));
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
