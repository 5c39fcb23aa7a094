package dev.sluice.bench.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Environment variables, or files named by {@code NAME_FILE}, as the server reads them. */
final class Variables {

  private static final String FILE = "_FILE";

  private final Function<String, @Nullable String> environment;

  Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** Returns the value, or the first line of the file; refuses both at once. */
  @Nullable String get(String name) throws UsageException {
    String value = environment.apply(name);
    String file = environment.apply(name + FILE);
    if (file == null || file.isBlank()) {
      return value;
    }
    if (value != null && !value.isBlank()) {
      throw new UsageException(name + " and " + name + FILE + " are both set; unset one");
    }
    return read(name + FILE, Path.of(file.strip()));
  }

  /** Errors show no content of the file. */
  private static String read(String name, Path file) throws UsageException {
    String line;
    try {
      line = Files.readString(file).strip().lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new UsageException(
          name + ": can't read " + file + " (" + e.getClass().getSimpleName() + ")");
    }
    if (line.isEmpty()) {
      throw new UsageException(name + ": " + file + " is empty");
    }
    return line;
  }
}
