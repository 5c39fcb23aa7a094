package dev.sluice.backend.hazelcast.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.hazelcast.HazelcastBackendFactory;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cluster that carries out the calls that its standard input names, each in a thread
 * of its own, and sweeps as the service does. The network doesn't reach these calls.
 */
final class MemberMain {

  static final String PROCESS = "process ";
  static final String READY = "ready";

  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final int FAILED = 3;

  private final PrintStream out;
  private final ExecutorService calls = Executors.newCachedThreadPool();
  private volatile @Nullable QueueBackend backend;

  private MemberMain(PrintStream out) {
    this.out = out;
  }

  /**
   * @param args the data directory, the name of the cluster, and its members
   */
  public static void main(String[] args) {
    MemberMain main = new MemberMain(System.out);
    System.setOut(System.err); // the answers have the standard output for themselves
    main.say(PROCESS + ProcessHandle.current().pid());
    Thread listener = new Thread(main::listen, "listener");
    listener.start();
    main.open(Path.of(args[0]), args[1], List.of(args).subList(2, args.length));
  }

  private void open(Path data, String cluster, List<String> members) {
    HazelcastBackendFactory factory = settings(cluster, members);
    QueueBackend opened;
    try {
      opened =
          factory.build(
              new BackendEnvironment(Rules.DEFAULTS, data, StoreTime.STORE, MemberMain::end));
    } catch (RuntimeException e) {
      e.printStackTrace();
      end(e.toString());
      return;
    }
    backend = opened;
    say(READY);
    ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();
    sweeper.scheduleWithFixedDelay(() -> sweep(opened), 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As the service reads them. */
  private static HazelcastBackendFactory settings(String cluster, List<String> members) {
    String list = members.stream().collect(Collectors.joining("\",\"", "\"", "\""));
    String text =
        "{\"type\":\"hazelcast\",\"hazelcast\":{\"cluster\":{\"members\":[%s],\"name\":\"%s\",\"secret\":\"%s\"}}}";
    try {
      return new ObjectMapper()
          .readValue(
              text.formatted(list, cluster, "0123456789abcdef0123456789abcdef"),
              HazelcastBackendFactory.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the service does: its supervisor starts it again. */
  private static void end(String reason) {
    System.err.println("This process ends: " + reason);
    Runtime.getRuntime().halt(FAILED);
  }

  private static void sweep(QueueBackend backend) {
    try {
      backend.upkeep().sweep();
    } catch (BackendUnavailableException e) {
      // at the next time
    } catch (RuntimeException e) {
      e.printStackTrace();
    }
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> words = List.of(line.split("\t"));
        calls.execute(() -> answer(words));
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(0); // the test's process is gone
  }

  private void answer(List<String> words) {
    long start = System.nanoTime();
    Answer.Outcome outcome;
    String text;
    try {
      QueueBackend opened = backend;
      if (opened == null) {
        outcome = Answer.Outcome.UNAVAILABLE;
        text = "not open yet";
      } else {
        text = call(opened, words.subList(1, words.size()));
        outcome = Answer.Outcome.ACKNOWLEDGED;
      }
    } catch (RefusedException e) {
      outcome = Answer.Outcome.REFUSED;
      text = e.refusal().name();
    } catch (BackendUnavailableException e) {
      outcome = e.outcomeUnknown() ? Answer.Outcome.UNKNOWN : Answer.Outcome.UNAVAILABLE;
      text = String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      outcome = Answer.Outcome.BROKEN;
      text = e.toString();
    }
    String oneLine = text.lines().collect(Collectors.joining(" ")).replace('\t', ' ');
    say(words.get(0) + "\t" + new Answer(outcome, oneLine, start, System.nanoTime()).line());
  }

  private static String call(QueueBackend backend, List<String> words) {
    String org = words.get(1);
    String id = words.get(2);
    switch (Op.valueOf(words.get(0).toUpperCase(Locale.ROOT))) {
      case REGISTER:
        return backend.workers().register(org, registration(id)).registration().workerId();
      case ENQUEUE:
        Refusal refusal = backend.work().enqueue(org, List.of(work(id))).get(0).refusal();
        if (refusal != null) {
          throw RefusedException.of(refusal, id);
        }
        return "";
      case POLL:
        return backend
            .workers()
            .poll(new PollRequest(new WorkerRef(org, id, null), words.get(3), 5))
            .work()
            .stream()
            .map(claimed -> claimed.sessionId() + ":" + claimed.token())
            .collect(Collectors.joining(" "));
      case REPORT:
        Holder holder = new Holder(words.get(3), null, Long.parseLong(words.get(4)));
        SessionState state = SessionState.valueOf(words.get(5));
        return backend
            .sessions()
            .report(
                org,
                id,
                holder,
                new StatusReport(state, java.util.Collections.emptySortedMap(), -1))
            .transition()
            .name();
      case FIND:
        Session found = backend.sessions().find(org, id);
        return found.state().name() + " " + found.item();
      case EVENTS:
        EventPage page =
            backend.events().after(org, Long.parseLong(words.get(2)), EventLog.MAX_PAGE);
        return page.oldest()
            + " "
            + page.latest()
            + page.events().stream().map(MemberMain::event).collect(Collectors.joining());
      case HEALTH:
        StoreHealth health = backend.upkeep().health();
        return Stream.concat(health.problems().stream(), health.warnings().stream())
            .filter(line -> !line.contains("clock"))
            .collect(Collectors.joining("; "));
      default:
        throw new IllegalArgumentException(words.toString());
    }
  }

  enum Op {
    REGISTER,
    ENQUEUE,
    POLL,
    REPORT,
    FIND,
    /** Takes the number behind which it reads. */
    EVENTS,
    HEALTH
  }

  private static String event(LoggedEvent event) {
    String subject = event.sessionId() != null ? event.sessionId() : event.workerId();
    return " " + event(event.type(), subject) + ":" + event.atMs();
  }

  /** The beginning of an event in the answer to {@link Op#EVENTS}. */
  static String event(EventType type, @Nullable String subject) {
    return type.wire() + ":" + subject;
  }

  static String item(String id) {
    return "{\"id\":\"" + id + "\"}";
  }

  private static NewWork work(String id) {
    return new NewWork(id, id, id, "web", List.of(), 5, 1, 0, 0, "hash", item(id));
  }

  private static Registration registration(String id) {
    return new Registration(
        id,
        "key",
        Dialect.STANDARD,
        "host",
        5,
        Projects.of(new ArrayList<>()),
        List.of(),
        false,
        "{}");
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
