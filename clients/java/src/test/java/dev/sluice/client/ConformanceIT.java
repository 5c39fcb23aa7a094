package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the suite of clients/conformance with the library of each language: all of it on an
 * emulator, and a part also on a server with the embedded store and one on Redis.
 */
class ConformanceIT {

  /** The emulators that no language uses now. Its faults and its clock are for one at a time. */
  private static final Queue<JarProcess> EMULATORS = new ConcurrentLinkedQueue<>();

  private static RedisServerProcess redis;
  private static JarProcess embedded;
  private static JarProcess onRedis;

  @BeforeAll
  static void startServers() {
    embedded = JarProcess.server();
    redis = RedisServerProcess.start();
    onRedis = JarProcess.server("backend.type=redis", "backend.redis.uri=" + redis.uri());
  }

  @AfterAll
  static void endServers() {
    EMULATORS.forEach(JarProcess::close);
    onRedis.close();
    redis.close();
    embedded.close();
  }

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  void library_passes_on_every_server(Language language) {
    List<String> agent = language.agent();
    List<String> failures = new ArrayList<>();
    JarProcess emulator = Optional.ofNullable(EMULATORS.poll()).orElseGet(JarProcess::emulator);
    run(language, agent, "emulator", emulator, failures);
    EMULATORS.add(emulator);
    run(language, agent, "embedded", embedded, failures);
    run(language, agent, "redis", onRedis, failures);
    assertThat(failures).isEmpty();
  }

  @Test
  void server_has_no_calls_of_the_emulator() throws Exception {
    Transport transport = new Transport(embedded.url());
    for (String path : List.of("/emulator/clock", "/emulator/faults")) {
      Transport.Answer answer = transport.call("POST", path, embedded.apiKey(), Map.of(), Map.of());
      assertThat(answer.status()).isEqualTo(404);
    }
  }

  private static void run(
      Language language, List<String> agent, String on, JarProcess server, List<String> failures) {
    int number = 0;
    for (Scenario scenario : Scenario.all()) {
      number++;
      if (!scenario.everywhere() && !on.equals("emulator")) {
        continue;
      }
      String id = language.name().toLowerCase(Locale.ROOT) + "-" + number;
      try (ScenarioRun run = new ScenarioRun(server, agent, id)) {
        run.run(scenario);
      } catch (Exception | AssertionError e) {
        failures.add(on + ", " + scenario.name() + ": " + e.getMessage());
      }
    }
  }
}
