package dev.sluice.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The command line's {@code move} between servers of a test. */
final class MoveProcess {

  private static final Path JAR = Path.of("target/sluice.jar").toAbsolutePath();

  private MoveProcess() {}

  static Process start(Path directory, String from, String to) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
                java, "-jar", JAR.toString(), "move", "--new-tokens", "--from", from, "--to", to)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    command.environment().putAll(FleetCalls.ENVIRONMENT);
    command.environment().put("SLUICE_TO_API_KEY", FleetCalls.PRODUCER);
    return command.start();
  }

  /** Returns the report. */
  static String run(Path directory, String from, String to) throws Exception {
    Process move = start(directory, from, to);
    String said = new String(move.getInputStream().readAllBytes(), UTF_8);
    assertThat(move.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(move.exitValue()).as(said).isZero();
    return said;
  }
}
