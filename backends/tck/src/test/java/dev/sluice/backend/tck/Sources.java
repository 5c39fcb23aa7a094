package dev.sluice.backend.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java sources of all rooms, so that tests may be looked up that the kit can't depend on. Two
 * classes may share a simple name.
 */
final class Sources {

  private record Source(String type, String text) {}

  private final List<Source> all;

  private Sources(List<Source> all) {
    this.all = all;
  }

  /** Reads what lies under a {@code src} of the repository. */
  static Sources of(Path repository) {
    try (Stream<Path> roots =
        Files.find(repository, 3, (path, is) -> is.isDirectory() && path.endsWith("src"))) {
      return new Sources(roots.flatMap(Sources::files).map(Sources::read).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      String name = file.getFileName().toString();
      return new Source(
          name.substring(0, name.length() - ".java".length()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is such a class, with such a method that answers nothing, as tests do. */
  boolean have(PromiseTable.Named test) {
    String method = test.method();
    Pattern declared = method == null ? null : Pattern.compile("\\bvoid " + method + "\\(");
    return all.stream()
        .filter(source -> source.type.equals(test.type()))
        .anyMatch(source -> declared == null || declared.matcher(source.text).find());
  }

  /** The simple names of the classes that end so. */
  List<String> typesEndingWith(String suffix) {
    return all.stream().map(Source::type).filter(type -> type.endsWith(suffix)).sorted().toList();
  }
}
