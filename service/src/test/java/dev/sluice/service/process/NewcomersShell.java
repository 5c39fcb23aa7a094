package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands of a page as they stand, with nothing set. */
final class NewcomersShell {

  private NewcomersShell() {}

  static Map<String, String> noSecrets() {
    return Map.of(
        "SLUICE_REGISTRATION_TOKEN", "",
        "SLUICE_API_KEY", "",
        "SLUICE_ADMIN_PASSWORD", "",
        "SLUICE_JWT_SECRET", "",
        "WORKER_API_KEY", "",
        "SLUICE_DATA_DIR", "./data");
  }

  /** Output of the commands on both streams; none may fail. */
  static String run(Path directory, String commands) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-e", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(output).isZero();
    return output;
  }
}
