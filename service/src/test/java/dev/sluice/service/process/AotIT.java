package dev.sluice.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/aot.sh} with a JDK 25, from {@code JDK25_HOME} or the usual place. */
class AotIT {

  private static final Path JAR = Path.of("target/sluice.jar").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  @EnabledIfSystemProperty(named = "sluice.long", matches = "true", disabledReason = "a long run")
  void theCacheOfTheScriptFitsTheJar() throws Exception {
    Optional<Path> jdk = jdk();
    // Maven brings no JDK, and the build needs an older one only.
    assumeTrue(jdk.isPresent(), "no JDK 25 here; set JDK25_HOME");
    String home = jdk.orElseThrow().toString();
    Path cache = directory.resolve("sluice.aot");
    Ended made = run(home, "deploy/aot.sh", JAR.toString(), cache.toString());
    assertThat(made.output()).isEqualTo(cache + "\n");
    assertThat(cache).isNotEmptyFile();
    Ended checked =
        run(
            home,
            home + "/bin/java",
            "-XX:AOTMode=on", // ends the JVM if the cache doesn't fit
            "-XX:AOTCache=" + cache,
            "-jar",
            JAR.toString(),
            "check",
            "config.yml");
    assertThat(checked.code()).as(checked.output()).isZero();
  }

  @Test
  void anOlderJdkIsRefused() throws Exception {
    // No other JDK is sure to be here.
    assumeTrue(Runtime.version().feature() < 24, "the tests run on a JDK that has AOT caches");
    Ended ended = run(System.getProperty("java.home"), "deploy/aot.sh", JAR.toString());
    assertThat(ended.code()).isEqualTo(1);
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
