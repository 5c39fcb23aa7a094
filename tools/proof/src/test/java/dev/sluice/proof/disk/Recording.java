package dev.sluice.proof.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The lives of a store in one data directory: plans, and events in their order.
 *
 * @param before number of events before the first moment that an image may be of
 * @param events by {@link Event#begin}
 * @param effects the same events in the order of {@link Event#effective}
 */
record Recording(List<Plan> plans, int before, List<Event> events, List<Event> effects) {

  static final String ACKNOWLEDGED = "acknowledged ";
  static final String READ = "read ";
  static final String DELIVERED = "delivered ";
  static final String PAGE = "page ";
  static final String JOURNAL = "sluice.db";
  static final String LOG = "sluice.db-wal";
  static final String COMMIT_FILE = "sluice.commit";

  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final int CALLERS = 3;
  private static final int COPY_AFTER_COMMITS = 60;
  private static final int LONGEST_LIFE_MINUTES = 10;

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
      live(at, data, seed, life, calls, ENDS.get(life - 1));
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
    return of(plans, 0, trace.events());
  }

  /**
   * Runs another life, which begins on an image of this recording and is killed.
   *
   * @param at gets the data directory and the trace; is emptied
   */
  Recording goOn(Path at, Image image, long seed, int calls)
      throws IOException, InterruptedException {
    int life = ENDS.size() + 1;
    delete(at);
    Files.createDirectories(at);
    Path data = at.resolve("data").toAbsolutePath();
    image.write(data);
    Trace trace = new Trace(data);
    trace.begin(image.files(), said(image.moment()));
    int begun = trace.events().size();
    live(at, data, seed, life, calls, "kill");
    trace.read(trace(at, life));
    List<Plan> all = new ArrayList<>(plans);
    for (int caller = 0; caller < CALLERS; caller++) {
      all.add(Plan.of(seed, life, caller, calls));
    }
    return of(all, begun, trace.events());
  }

  private static Recording of(List<Plan> plans, int before, List<Event> events) {
    return new Recording(
        plans,
        before,
        events.stream().sorted(Comparator.comparingInt(Event::begin)).toList(),
        events.stream().sorted(Comparator.comparingInt(Event::effective)).toList());
  }

  private static void live(Path at, Path data, long seed, int life, int calls, String end)
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
            end);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(at.resolve("life-" + life + ".out").toFile())
            .redirectError(at.resolve("life-" + life + ".err").toFile())
            .start();
    if (!process.waitFor(LONGEST_LIFE_MINUTES, MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      throw new IllegalStateException("life " + life + " doesn't end");
    }
    if (process.exitValue() != 0) {
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

  /** Events of the store that were read or delivered before a moment. */
  List<Event> told(int moment) {
    return events.subList(0, moment).stream().filter(event -> event.kind().tells()).toList();
  }

  /** Lines that the process said before a moment. */
  private List<String> said(int moment) {
    List<String> said = new ArrayList<>();
    acknowledged(moment)
        .forEach((plan, calls) -> said.addAll(Collections.nCopies(calls, ACKNOWLEDGED + plan)));
    for (Event event : told(moment)) {
      String kind = event.kind() == Event.Kind.READ ? READ : DELIVERED;
      said.add(kind + event.name() + " " + event.at() + " " + new String(event.data(), UTF_8));
    }
    return said;
  }

  /** Returns a recording with other events, such as those of a store with a flaw. */
  Recording with(UnaryOperator<List<Event>> change) {
    return of(plans, before, change.apply(events));
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
