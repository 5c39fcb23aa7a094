package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.start.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The content of the executable jar: natives and parsers. */
class JarContentIT {

  private static final Path JAR = Path.of("target", "sluice.jar");
  private static final String JNA = "com/sun/jna/";
  private static final String SQLITE = "org/sqlite/native/";

  @Test
  void holdsTheNativesOfTheSystemsThatServeAlone() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.matches("(" + SQLITE + "|" + JNA + ").*\\.(so|dll|a|\\w+lib)"))
        .containsExactlyInAnyOrder(
            SQLITE + "Linux/aarch64/libsqlitejdbc.so",
            SQLITE + "Linux/x86_64/libsqlitejdbc.so",
            SQLITE + "Linux-Musl/aarch64/libsqlitejdbc.so",
            SQLITE + "Linux-Musl/x86_64/libsqlitejdbc.so",
            SQLITE + "Mac/aarch64/libsqlitejdbc.dylib",
            SQLITE + "Mac/x86_64/libsqlitejdbc.dylib",
            JNA + "darwin-aarch64/libjnidispatch.jnilib",
            JNA + "darwin-x86-64/libjnidispatch.jnilib",
            JNA + "linux-aarch64/libjnidispatch.so",
            JNA + "linux-x86-64/libjnidispatch.so");
  }

  @Test
  void holdsOneParserOfJson() throws IOException {
    assertThat(entries())
        .contains("com/fasterxml/jackson/core/JsonParser.class")
        .noneMatch(name -> name.startsWith("com/google/gson/"))
        .noneMatch(name -> name.startsWith("org/json/"));
  }

  @Test
  void holdsNoLoadToolAndTellsWhereItIs() throws Exception {
    assertThat(entries()).noneMatch(name -> name.startsWith("dev/sluice/bench/"));
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                JAR.toString(),
                "bench",
                "--complete")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said).isEqualTo(Commands.BENCH_MOVED + "\n").contains("sluice-bench.jar");
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }
}
