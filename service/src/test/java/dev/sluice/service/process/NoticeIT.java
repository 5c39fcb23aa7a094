package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Licences of the libraries in the jar. */
class NoticeIT {

  private static final String LICENCES = "META-INF/licenses/";
  private static final Path JAR = Path.of("target", "sluice.jar");

  @Test
  void noticeNamesAllThatIsBundledAndNothingElse() throws IOException {
    TreeSet<String> named = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      text(jar, "META-INF/NOTICE")
          .lines()
          .filter(line -> line.matches("[\\w.-]+:[\\w.-]+:[\\w.-]+ +\\S.*"))
          .map(line -> line.split(" ", 2)[0].split(":"))
          .forEach(part -> named.add(part[1] + "-" + part[2] + "-jar"));
    }
    // One directory a library, also where it brings no licence; the jar has no empty ones.
    try (Stream<Path> directories = Files.list(Path.of("target", "classes", LICENCES))) {
      List<String> bundled =
          directories
              .map(directory -> directory.getFileName().toString())
              .filter(name -> name.endsWith("-jar"))
              .toList();

      // Where this names a version of before, build from a clean tree.
      assertThat(named).hasSizeGreaterThan(100).containsExactlyInAnyOrderElementsOf(bundled);
    }
  }

  @Test
  void theJarCarriesItsLicenceAndThoseOfItsParts() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0");
      assertThat(text(jar, "META-INF/NOTICE")).startsWith("Sluice\n");
      for (String licence :
          List.of("LGPL-2.1.txt", "MIT.txt", "EPL-2.0-and-GPL-2.0-with-Classpath-Exception.md")) {
        assertThat(text(jar, LICENCES + "texts/" + licence)).isNotBlank();
      }
      assertThat(jar.stream().map(ZipEntry::getName))
          .as("a licence that another one may have overwritten")
          .noneMatch(name -> name.matches("(META-INF/)?(LICENSE|NOTICE)[.-].*"));
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }
}
