package dev.sluice.service;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables. The value of each may be in a file that {@code NAME_FILE} names, so that a
 * secret needs to be in no environment.
 */
public final class Variables {

  private static final String FILE = "_FILE";

  private final Function<String, @Nullable String> environment;

  /** A variable whose file can't be used; the message names both and shows nothing of either. */
  public static final class UnreadableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * @param environment the value of a variable, null if there is none
   */
  public Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** Those of this process. */
  public static Variables ofProcess() {
    return new Variables(System::getenv);
  }

  /**
   * Returns the value of a variable, or the first line of its file; null if there is neither.
   *
   * @throws UnreadableException if there are both, or the file is missing or begins with no value
   */
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

  /** Replaces {@code ${NAME:-default}} in a text by the value of a variable. */
  StringSubstitutor substitutor() {
    return new EnvironmentVariableSubstitutor(false).setVariableResolver(this::get);
  }
}
