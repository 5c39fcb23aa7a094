package dev.sluice.service.gitcredentials;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class SecretText {

  private static final int MOST_BYTES = 64 * 1024;

  private final String key;
  private final @Nullable String file;
  private final @Nullable String variable;
  private final Map<String, String> variables;

  /** Refuses all but exactly one of file and variable. {@code block} ends with the dot. */
  SecretText(
      String block,
      String name,
      @Nullable String file,
      @Nullable String variable,
      Map<String, String> variables) {
    boolean inFile = file != null && !file.isBlank();
    boolean inVariable = variable != null && !variable.isBlank();
    if (inFile == inVariable) {
      throw new IllegalArgumentException(
          block
              + name
              + "File or "
              + block
              + name
              + "Variable is required"
              + (inFile ? ", not both" : ""));
    }
    this.key = block + name + (inFile ? "File" : "Variable");
    this.file = inFile ? file : null;
    this.variable = inVariable ? variable : null;
    this.variables = variables;
  }

  String key() {
    return key;
  }

  /** Strips white space; errors name the key. */
  String read() {
    String text = variable == null ? ofFile(String.valueOf(file)) : variables.get(variable);
    if (text == null || text.isBlank()) {
      throw wrong(variable == null ? "names an empty file" : "names a variable that is not set");
    }
    return text.strip();
  }

  private String ofFile(String name) {
    try {
      Path path = Path.of(name);
      if (Files.size(path) > MOST_BYTES) {
        throw wrong("names a file of more than 64 KiB");
      }
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw wrong("names a file that is not text");
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw wrong("names a file that can't be read: " + name);
    }
  }

  private IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException(key + " " + problem);
  }

  @Override
  public String toString() {
    return key;
  }
}
