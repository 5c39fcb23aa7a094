package dev.sluice.service.cli;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.cli.TypedCommand.Outcome;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.http.SluiceServer;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds of a rehearsal, whose times the test says. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RehearsedMoveTest {

  @TempDir private Path directory;

  private SluiceServer source;
  private SluiceServer target;

  @BeforeEach
  void start() {
    RehearsedApplication.reset();
    source = SluiceServer.start(RehearsedApplication.class, "memory");
    target =
        SluiceServer.start(
            RehearsedApplication.class,
            "memory",
            "credentials.jwtSecret=another-signing-secret-of-more-than-32-characters",
            "credentials.previousJwtSecrets=" + SluiceServer.JWT_SECRET);
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 100 100 100 1",
    "3, 100 98 96 1", // gains, but small ones
    "5, 100 100 90 90 90 1", // one slow by chance
    "8, 100 90 80 70 60 50 40 30 1"
  })
  void both_servers_rehearse_until_two_rounds_gain_nothing(int rounds, String times)
      throws Exception {
    RehearsedApplication.take(times);
    enqueue(8);

    move();

    assertThat(calls("POST api/export/rehearsal")).isEqualTo(rounds);
    assertThat(calls("DELETE api/import")).as("of the target").isEqualTo(rounds);
  }

  @Test
  void a_move_of_few_sessions_is_not_rehearsed() throws Exception {
    enqueue(7);

    move();

    assertThat(calls("POST api/export/rehearsal")).isZero();
    assertThat(calls("DELETE api/import")).isZero();
  }

  private void enqueue(int sessions) {
    for (int i = 0; i < sessions; i++) {
      source.enqueue("{\"prompt\":\"p\"}");
    }
  }

  private void move() throws Exception {
    Outcome moved =
        new TypedCommand(
                around -> new MoveCommand(around, ms -> {}, RehearsedApplication.NANOS::get),
                directory.resolve("none"))
            .environment(Map.of("SLUICE_API_KEY", API_KEY, "SLUICE_TO_API_KEY", API_KEY))
            .run("--from", source.url(), "--to", target.url());
    assertThat(moved.code()).as(moved.err()).isZero();
  }

  private static int calls(String call) {
    return Collections.frequency(RehearsedApplication.CALLS, call);
  }

  /** The service, which notes its calls. A rehearsal of the source moves the mover's clock. */
  public static final class RehearsedApplication extends SluiceApplication {

    private static final List<String> CALLS = new CopyOnWriteArrayList<>();
    private static final AtomicLong NANOS = new AtomicLong();
    private static final Queue<Long> TIMES = new ArrayDeque<>();

    static void reset() {
      CALLS.clear();
      TIMES.clear();
    }

    static void take(String times) {
      Stream.of(times.split(" "))
          .map(ms -> TimeUnit.MILLISECONDS.toNanos(Long.parseLong(ms)))
          .forEach(TIMES::add);
    }

    @Override
    public void run(SluiceConfiguration configuration, Environment environment) {
      super.run(configuration, environment);
      environment
          .jersey()
          .register(
              new ContainerRequestFilter() {
                @Override
                public void filter(ContainerRequestContext request) {
                  note(request.getMethod() + " " + request.getUriInfo().getPath());
                }
              });
    }

    private static void note(String call) {
      CALLS.add(call);
      if (call.endsWith("rehearsal")) {
        NANOS.addAndGet(TIMES.remove());
      }
    }
  }
}
