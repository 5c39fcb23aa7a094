package dev.sluice.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.process.SluiceProcess.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The command line in a process of its own, with the keys of {@link FleetCalls}. */
final class CommandProcess {

  private CommandProcess() {}

  static Process start(Path directory, List<String> arguments) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(Launch.jar().command(List.of(), arguments))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    command.environment().putAll(FleetCalls.ENVIRONMENT);
    command.environment().put("SLUICE_TO_API_KEY", FleetCalls.PRODUCER);
    return command.start();
  }

  /** Returns what it says. */
  static String run(Path directory, List<String> arguments) throws Exception {
    Process process = start(directory, arguments);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  static List<String> move(String from, String to) {
    return List.of("move", "--new-tokens", "--from", from, "--to", to);
  }
}
