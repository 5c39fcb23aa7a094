package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Licences of the libraries in the jar. */
class NoticeIT {

  private static final String LICENCES = "META-INF/licenses/";
  private static final Path JAR = Path.of("target", "sluice.jar");
  private static final Pattern PART = Pattern.compile("([\\w.-]+):([\\w.-]+):([\\w.-]+) +\\S.*");
  private static final Pattern HELD =
      Pattern.compile(" +in ([\\w.-]+): ([\\w.-]+:[\\w.-]+:[\\w.-]+) +\\S.*");

  /** A class whose packages say that it is a copy. */
  private static final Pattern COPY =
      Pattern.compile("(?:META-INF/versions/\\d+/)?.*/(?:shaded|repackaged)/(.*\\.class)");

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

  /** Hazelcast and others hold copies of libraries, which no list of dependencies has. */
  @Test
  void noticeNamesWhatPartsHoldUnderOtherNames() throws IOException {
    Set<String> bundled = new HashSet<>();
    Set<String> named = new TreeSet<>();
    Matcher line;
    for (String each : Files.readAllLines(Path.of("..", "NOTICE"))) {
      line = PART.matcher(each);
      if (line.matches()) {
        bundled.add(line.group(2) + "-" + line.group(3) + ".jar");
      }
      line = HELD.matcher(each);
      if (line.matches()) {
        named.add(line.group(1) + " " + line.group(2));
      }
    }
    Set<String> held = new TreeSet<>();
    Set<String> roots = new TreeSet<>();
    int jars = 0;
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(path);
      if (bundled.contains(String.valueOf(jar.getFileName()))) {
        look(jar, held, roots);
        jars++;
      }
    }
    assertThat(jars).isGreaterThan(100);
    assertThat(roots)
        .as("packages of copies: each has a line in NOTICE")
        .containsExactlyInAnyOrder(
            "hazelcast com/fasterxml",
            "hazelcast com/zaxxer",
            "hazelcast fdp",
            "hazelcast io/github",
            "hazelcast nonapi/io",
            "hazelcast org/everit",
            "hazelcast org/jctools",
            "hazelcast org/json",
            "hazelcast org/objenesis",
            "hazelcast org/snakeyaml",
            "hazelcast tools/jackson",
            "jackson-core fdp",
            "jersey-server org/objectweb",
            "logback-throttling-appender errorprone/annotations",
            "logback-throttling-appender guava",
            "logback-throttling-appender j2objc/annotations",
            "logback-throttling-appender jspecify",
            "opentelemetry-context -",
            "opentelemetry-sdk-trace jctools");
    assertThat(named).containsAll(held);
    named.removeAll(held);
    assertThat(named.stream().map(each -> each.replaceFirst(":[^:]*$", "")))
        .as("without a file that tells their version")
        .containsExactlyInAnyOrder(
            "hazelcast ch.randelshofer:fastdoubleparser",
            "hazelcast org.jctools:jctools-core",
            "hazelcast org.objenesis:objenesis",
            "jackson-core ch.randelshofer:fastdoubleparser",
            "jersey-server org.ow2.asm:asm",
            "logback-throttling-appender com.google.guava:guava",
            "opentelemetry-context com.blogspot.mydailyjava:weak-lock-free",
            "opentelemetry-sdk-trace org.jctools:jctools-core");
  }

  private static void look(Path file, Set<String> held, Set<String> roots) throws IOException {
    String name = String.valueOf(file.getFileName());
    String part = name.replaceFirst("-\\d.*", "");
    try (JarFile jar = new JarFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
          Properties own = new Properties();
          own.load(jar.getInputStream(entry));
          if (!name.equals(own.get("artifactId") + "-" + own.get("version") + ".jar")) {
            held.add(
                part
                    + " "
                    + own.get("groupId")
                    + ":"
                    + own.get("artifactId")
                    + ":"
                    + own.get("version"));
          }
        }
        Matcher copy = COPY.matcher(entry.getName());
        if (copy.matches()) {
          roots.add(part + " " + root(copy.group(1)));
        }
      }
    }
  }

  /** The first two packages; one where the copy has a prefix of its own, and none without any. */
  private static String root(String path) {
    if (!path.contains("/")) {
      return "-";
    }
    return Stream.of("fdp/", "guava/", "jctools/").anyMatch(path::startsWith)
        ? path.substring(0, path.indexOf('/'))
        : path.replaceFirst("^([^/]+(?:/[a-z0-9]+)?)/.*", "$1");
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
