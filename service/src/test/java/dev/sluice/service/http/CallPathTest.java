package dev.sluice.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.SluiceApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of CONTRIBUTING.md, "The path of a call", against what calls do. */
class CallPathTest {

  private static final int MOST_ARROWS = 24;

  private static final Path PAGE = Path.of("../CONTRIBUTING.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  /** Seen on the way, but no part of it: they count and time. */
  private static final Set<String> FIGURES = Set.of("StoreTimes", "Outcomes", "HandOuts");

  /** Brackets around a call: they turn refusals into answers, or keep texts from deletion. */
  private static final Set<String> BRACKETS = Set.of("Refusals", "DeferredDeletes");

  private static final Queue<List<String>> SEEN = new ConcurrentLinkedQueue<>();

  /** Its figures read this clock on the way into the store. */
  public static class Watched extends SluiceApplication {
    @Override
    protected LongSupplier nanoTime() {
      return () -> {
        SEEN.add(path());
        return System.nanoTime();
      };
    }
  }

  @Test
  void aPollOverHttp() throws IOException {
    assertThat(overHttp(worker -> worker.poll(), "MeteredWorkers")).isSubsetOf(drawn("poll"));
  }

  @Test
  void aReportOverHttp() throws IOException {
    assertThat(
            overHttp(
                worker -> {
                  assertThat(worker.report("a", "running").status()).isEqualTo(200);
                },
                "MeteredSessions"))
        .isSubsetOf(drawn("report"));
  }

  @Test
  void aPollInTheEngine() throws IOException {
    WorkerRef worker = new WorkerRef("org", "worker", null);
    assertThat(inTheEngine(store -> store.workers().poll(new PollRequest(worker, "r", 1, false))))
        .contains("EngineWorkers", "MemoryStore")
        .isSubsetOf(drawn("poll"));
  }

  @Test
  void aReportInTheEngine() throws IOException {
    Holder holder = new Holder("worker", null, 0);
    StatusReport report = new StatusReport(SessionState.RUNNING, new TreeMap<>(), -1, null);
    assertThat(inTheEngine(store -> store.sessions().report("org", "a", holder, report)))
        .contains("EngineSessions", "MemoryStore")
        .isSubsetOf(drawn("report"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll", "report"})
  void isShortAndNamesClassesThatAreThere(String call) throws IOException {
    List<String> drawn = drawn(call);

    assertThat(drawn).hasSizeBetween(15, MOST_ARROWS + 1);
    assertThat(classes()).containsAll(drawn);
  }

  private interface Act {
    void by(TestWorker worker);
  }

  private interface EngineAct {
    void on(MemoryBackend store);
  }

  private static List<String> overHttp(Act act, String into) {
    try (SluiceServer server = SluiceServer.start(Watched.class, "memory")) {
      TestWorker worker = server.register("{\"hostname\":\"h\",\"capacity\":2}");
      server.enqueue("{\"sessionId\":\"a\",\"prompt\":\"p\"}");
      worker.poll();
      SEEN.clear();
      act.by(worker);
      List<String> path =
          SEEN.stream()
              .filter(each -> each.contains("Front") && each.contains(into))
              .findFirst()
              .orElseThrow();
      return path.stream().filter(not(FIGURES::contains)).filter(not(BRACKETS::contains)).toList();
    }
  }

  /** The operation is refused, since nobody is there; its way is the same. */
  private static List<String> inTheEngine(EngineAct act) {
    List<List<String>> seen = new ArrayList<>();
    StoreTime time =
        () -> {
          seen.add(path());
          return OptionalLong.empty();
        };
    ThrowingCallable call = () -> act.on(new MemoryBackend(Rules.DEFAULTS, time));
    assertThatThrownBy(call).isInstanceOf(RefusedException.class);
    return seen.get(0).stream().filter(not(BRACKETS::contains)).toList();
  }

  /** Our classes on the stack, the outermost first; nested ones count as the one around them. */
  private static List<String> path() {
    List<String> path = new ArrayList<>();
    StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .forEach(
            frame -> {
              Class<?> type = outermost(frame.getDeclaringClass());
              boolean same = !path.isEmpty() && path.get(0).equals(type.getSimpleName());
              if (type.getName().startsWith("dev.sluice") && type != CallPathTest.class && !same) {
                path.add(0, type.getSimpleName());
              }
            });
    return path;
  }

  private static Class<?> outermost(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return around == null ? type : outermost(around);
  }

  /** The column of a call, from top to bottom. */
  private static List<String> drawn(String call) throws IOException {
    int column = call.equals("poll") ? 2 : 3;
    return Files.readString(PAGE, UTF_8)
        .lines()
        .dropWhile(line -> !line.equals("## The path of a call"))
        .takeWhile(line -> !line.equals("## A call"))
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(line -> line.split("\\|")[column])
        .flatMap(cell -> NAME.matcher(cell).results())
        .map(name -> name.group(1))
        .toList();
  }

  private static Set<String> classes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice")
            .stream()
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
  }
}
