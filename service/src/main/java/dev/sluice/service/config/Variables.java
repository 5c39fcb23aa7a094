package dev.sluice.service.config;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/** Environment variables, or files named by {@code NAME_FILE}. */
public final class Variables {

  private static final String FILE = "_FILE";

  private final Function<String, @Nullable String> environment;

  /** Shows no content of the file. */
  public static final class UnreadableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  public Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  public static Variables ofProcess() {
    return new Variables(System::getenv);
  }

  /** Returns the value, or the first line of the file; refuses both at once. */
  public @Nullable String get(String name) {
    String value = environment.apply(name);
    String file = environment.apply(name + FILE);
    if (file == null || file.isBlank()) {
      return value;
    }
    if (value != null && !value.isBlank()) {
      throw new UnreadableException(name + " and " + name + FILE + " are both set; unset one");
    }
    return read(name + FILE, Path.of(file.strip()));
  }

  private static String read(String name, Path file) {
    String line;
    try {
      line = Files.readString(file).strip().lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new UnreadableException(
          name + ": can't read " + file + " (" + e.getClass().getSimpleName() + ")");
    }
    if (line.isEmpty()) {
      throw new UnreadableException(name + ": " + file + " is empty");
    }
    return line;
  }

  public StringSubstitutor substitutor() {
    return new EnvironmentVariableSubstitutor(false).setVariableResolver(this::get);
  }
}
