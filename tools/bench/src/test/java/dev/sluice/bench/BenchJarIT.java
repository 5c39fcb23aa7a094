package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.options.BenchOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The executable jar. */
class BenchJarIT {

  private static final Path JAR = Path.of("target", "sluice-bench.jar");

  private record Ended(int code, String output) {}

  @Test
  void itMeasures() throws Exception {
    try (ProtocolStub server = ProtocolStub.good()) {
      Ended ended =
          run("--url " + server.url() + " --complete --items 40 --workers 4 --warmup 0 --runs 2");
      assertThat(ended.code).as(ended.output).isZero();
      assertThat(ended.output).contains("run 2 of 2", "all checks passed");
      assertThat(server.waiting()).isZero();
    }
  }

  @Test
  void itTellsItsOptions() throws Exception {
    Ended ended = run("--help");
    assertThat(ended.code).isZero();
    assertThat(ended.output)
        .contains("usage: java -jar sluice-bench.jar")
        .contains(Arrays.stream(BenchOption.values()).map(BenchOption::flag).toList());
  }

  /** NOTICE names these parts, and the bill of materials of the service has them too. */
  @Test
  void itBundlesThreeLibrariesWithTheirLicences() throws IOException {
    assertThat(entries())
        .contains(
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/licenses/texts/MIT.txt",
            "com/fasterxml/jackson/core/JsonParser.class")
        .anyMatch(name -> name.matches("META-INF/licenses/jackson-core-.*/META-INF/NOTICE"))
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(
            name ->
                name.replaceFirst("^META-INF/versions/\\d+/", "")
                    .matches(
                        "(dev/sluice/bench|com/fasterxml/jackson/core"
                            + "|net/sourceforge/argparse4j|org/jspecify)/.*"));
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static Ended run(String arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(System.getProperty("java.home") + "/bin/java", "-jar", JAR.toString()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SLUICE_REGISTRATION_TOKEN", ProtocolStub.REGISTRATION_TOKEN);
    builder.environment().put("SLUICE_API_KEY", ProtocolStub.API_KEY);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
