package dev.sluice.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/aot.sh} with the JDK of the tests, and with a JDK 25, from {@code JDK25_HOME} or
 * the usual place.
 */
class AotIT {

  private static final Path JAR = Path.of("target/sluice.jar").toAbsolutePath();
  private static final String HOME = System.getProperty("java.home");
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  @EnabledIfSystemProperty(named = "sluice.long", matches = "true", disabledReason = "a long run")
  void theCacheOfTheScriptFitsTheJar() throws Exception {
    Optional<Path> jdk = jdk();
    // Maven brings no JDK, and the build needs an older one only.
    assumeTrue(jdk.isPresent(), "no JDK 25 here; set JDK25_HOME");
    String home = jdk.orElseThrow().toString();
    // The first option ends the JVM if the cache doesn't fit.
    assertMadeAndFits(home, "sluice.aot", "-XX:AOTMode=on", "-XX:AOTCache=");
  }

  @Test
  void theArchiveOfTheScriptFitsTheJar() throws Exception {
    assertMadeAndFits(HOME, "sluice.jsa", "-Xshare:on", "-XX:SharedArchiveFile=");
  }

  private void assertMadeAndFits(String home, String name, String strictly, String option)
      throws Exception {
    Path file = directory.resolve(name);
    Ended made = run(home, "deploy/aot.sh", JAR.toString(), file.toString());
    assertThat(made.output()).isEqualTo(file + "\n");
    assertThat(file).isNotEmptyFile();
    List<String> check = List.of("-jar", JAR.toString(), "check", "config.yml");
    Ended checked =
        run(
            home,
            Stream.concat(Stream.of(home + "/bin/java", strictly, option + file), check.stream())
                .toArray(String[]::new));
    assertThat(checked.code()).as(checked.output()).isZero();
  }

  @Test
  void aStartThatTakesTooLongMakesNothing() throws Exception {
    Path java = Files.createDirectories(directory.resolve("slow/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexec sleep 60\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path file = directory.resolve("sluice.jsa");
    Ended ended =
        run(
            directory.resolve("slow").toString(),
            "env",
            "SLUICE_AOT_SECONDS=1",
            "deploy/aot.sh",
            JAR.toString(),
            file.toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).contains("the server isn't up after 1 s");
    assertThat(file).doesNotExist();
  }

  @Test
  void aServerThatDoesNotStartIsAnotherFailure() throws Exception {
    Path jar = Files.writeString(directory.resolve("broken.jar"), "no jar");
    Ended ended = run(HOME, "deploy/aot.sh", jar.toString(), directory + "/sluice.jsa");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("the server doesn't start");
  }

  @Test
  void withoutTheLoadToolNothingIsTrained() throws Exception {
    Path script = Files.createDirectory(directory.resolve("deploy")).resolve("aot.sh");
    Files.copy(ROOT.resolve("deploy/aot.sh"), script);
    Path file = directory.resolve("sluice.jsa");
    Ended ended = run(HOME, "bash", script.toString(), JAR.toString(), file.toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("no " + directory + "/tools/bench/target/sluice-bench.jar");
    assertThat(file).doesNotExist();
  }

  @Test
  void anOlderJdkIsRefused() throws Exception {
    // No other JDK is sure to be here.
    assumeTrue(Runtime.version().feature() < 24, "the tests run on a JDK that has AOT caches");
    Path cache = directory.resolve("sluice.aot");
    Ended ended = run(HOME, "deploy/aot.sh", JAR.toString(), cache.toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).contains("set JAVA_HOME to JDK 25 or later");
  }

  private record Ended(int code, String output) {}

  private static Ended run(String javaHome, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().putAll(Map.of("JAVA_HOME", javaHome));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static Optional<Path> jdk() throws IOException {
    String named = System.getenv("JDK25_HOME");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path usual = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(usual)) {
      return Optional.empty();
    }
    try (Stream<Path> jdks = Files.list(usual)) {
      return jdks.filter(jdk -> jdk.getFileName().toString().contains("-25-"))
          .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
          .findFirst();
    }
  }
}
