package dev.sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the examples of the READMEs as they stand, on an emulator that has started already. */
class ReadmeIT {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static JarProcess emulator;

  @BeforeAll
  static void start() {
    emulator = JarProcess.emulator();
  }

  @AfterAll
  static void end() {
    emulator.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "java, java, java, Echo.java, Ask.java",
    "typescript, node, js, echo.mjs, ask.mjs",
    "python, python3, python, echo.py, ask.py",
    "go, go, go, echo.go, ask.go"
  })
  void example_prints_what_it_says(
      String folder,
      String program,
      String language,
      String worker,
      String producer,
      @TempDir Path here)
      throws Exception {
    Programs.needed("the example of clients/" + folder + "/README.md needs it", program);
    String page = Files.readString(ROOT.resolve("clients").resolve(folder).resolve("README.md"));
    List<String> programs = blocks(page, language);
    assertThat(programs).hasSize(2);
    Files.writeString(here.resolve(worker), programs.get(0));
    Files.writeString(here.resolve(producer), programs.get(1));
    Files.createSymbolicLink(here.resolve("clients"), ROOT.resolve("clients"));
    List<String> lines = blocks(page, "sh").get(0).lines().toList();
    assertThat(lines.get(0)).contains("sluice.jar emulator");
    assertThat(lines.get(1)).contains("emulator.env");
    String said = page.replaceAll("(?s).*The last program prints `([^`]+)`.*", "$1");
    assertThat(run(lines.subList(2, lines.size()), here)).contains(said);
  }

  private static List<String> blocks(String page, String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  /** Returns what all programs have printed, once all have ended. */
  private static String run(List<String> lines, Path here) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", String.join("\n", lines))
            .directory(here.toFile())
            .redirectErrorStream(true);
    shell.environment().put("SLUICE_URL", emulator.url());
    shell.environment().put("SLUICE_API_KEY", emulator.apiKey());
    shell.environment().put("SLUICE_REGISTRATION_TOKEN", emulator.registrationToken());
    return new String(shell.start().getInputStream().readAllBytes(), UTF_8);
  }
}
