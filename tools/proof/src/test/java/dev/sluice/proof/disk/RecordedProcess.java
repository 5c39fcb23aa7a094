package dev.sluice.proof.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.StoreTime;
import dev.sluice.backend.embedded.EmbeddedBackendFactory;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A life of the embedded store: several callers follow their plans, and each acknowledged call
 * becomes a line of standard output, as does each event that a reader has seen. Then the process is
 * killed or closes the store.
 */
final class RecordedProcess {

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private static volatile boolean over;

  private RecordedProcess() {}

  /**
   * @param args the data directory, the seed, the number of this life, of callers, of the calls of
   *     each, of commits until the log is copied, and {@code kill} or {@code close}
   */
  public static void main(String[] args) {
    try {
      live(args);
    } catch (Exception | Error e) {
      e.printStackTrace(); // why the recording fails, in its file of errors
      Runtime.getRuntime().halt(1); // the callers that go on would keep the process
    }
  }

  private static void live(String[] args) throws Exception {
    long seed = Long.parseLong(args[1]);
    int life = Integer.parseInt(args[2]);
    int callers = Integer.parseInt(args[3]);
    int calls = Integer.parseInt(args[4]);
    WovenJournal.weave(Integer.parseInt(args[5]));
    List<Plan> plans =
        IntStream.range(0, callers).mapToObj(i -> Plan.of(seed, life, i, calls)).toList();
    QueueBackend backend = open(Path.of(args[0]));
    ExecutorService threads = Executors.newFixedThreadPool(callers + 1);
    List<Future<?>> running = new ArrayList<>();
    for (Plan plan : plans) {
      running.add(threads.submit(() -> follow(backend, plan)));
    }
    Future<?> readers = threads.submit(() -> read(backend, plans));
    for (Future<?> each : running) {
      each.get();
    }
    over = true;
    readers.get();
    plans.forEach(plan -> check(backend, plan));
    if (args[6].equals("kill")) {
      Runtime.getRuntime().halt(0);
    }
    backend.close();
    System.exit(0);
  }

  static QueueBackend open(Path data) {
    return new EmbeddedBackendFactory()
        .build(new BackendEnvironment(Calls.RULES, data, StoreTime.STORE));
  }

  private static void follow(QueueBackend backend, Plan plan) {
    Calls calls = new Calls(backend, plan);
    for (Op op : plan.ops()) {
      calls.make(op);
      say(Recording.ACKNOWLEDGED + plan.name());
    }
  }

  /** Reads the event logs from their beginnings until the callers are done and all is delivered. */
  private static Void read(QueueBackend backend, List<Plan> plans) throws InterruptedException {
    List<Readers> readers =
        plans.stream()
            .map(Plan::org)
            .distinct()
            .map(org -> new Readers(backend, org, 0, (kind, event) -> say(told(kind, org, event))))
            .toList();
    boolean more = true;
    while (more) {
      more = !over;
      for (Readers each : readers) {
        more |= each.look();
      }
      Thread.sleep(1); // between two looks, so that callers have a core too
    }
    return null;
  }

  private static String told(String kind, String org, LoggedEvent event) {
    return kind + org + " " + event.number() + " " + EventsOf.line(event);
  }

  /** The plan must be right, or the images would be compared with something wrong. */
  private static void check(QueueBackend backend, Plan plan) {
    Map<String, String> expected = plan.expected().get(plan.ops().size());
    expected.forEach(
        (name, words) -> {
          String found = Facts.of(backend, plan.org(), name);
          if (!found.equals(words)) {
            throw new IllegalStateException(name + " is " + found + ", planned " + words);
          }
        });
    List<String> problems = new ArrayList<>();
    new EventCheck(backend, problems).plan(plan, plan.ops().size());
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.toString());
    }
  }

  /** Writes a line by one system call, which the trace orders among those on files. */
  static void say(String line) {
    try {
      OUT.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
