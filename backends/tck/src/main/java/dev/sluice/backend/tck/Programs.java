package dev.sluice.backend.tck;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs and rights on this machine that tests need and Maven can't bring. */
public final class Programs {

  private Programs() {}

  /**
   * Returns the first of these programs on the {@code PATH}. Without one the test is skipped, with
   * {@code CI=true} it fails.
   */
  public static Path needed(String instead, String... names) {
    return onPath(List.of(names))
        .orElseGet(() -> missing("No " + names[0] + " on the PATH: " + instead));
  }

  /** Skips the test; with {@code CI=true} it fails. */
  public static <T> T missing(String reason) {
    if (Stream.of("true", "1").anyMatch(yes -> yes.equals(System.getenv("CI")))) {
      throw new AssertionError(reason + ". With CI=true no such test may be skipped.");
    }
    return Assumptions.abort("Skipped. " + reason);
  }

  private static Optional<Path> onPath(List<String> names) {
    String path = System.getenv().getOrDefault("PATH", "");
    List<String> folders = Arrays.asList(path.split(File.pathSeparator));
    return names.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
