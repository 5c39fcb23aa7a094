package dev.sluice.bench.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of {@code KEY=VALUE} lines, as shells and {@code docker --env-file} read it: blank lines
 * and {@code #} comments are skipped, {@code export} and one pair of quotes are removed, nothing is
 * expanded.
 */
final class EnvFile {

  private EnvFile() {}

  /** The last line of a repeated key wins. Errors have the line number and no content. */
  static Map<String, String> read(Path file) throws UsageException {
    try {
      return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException(
          "cannot read the credentials file " + file + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Map<String, String> parse(Path file, List<String> lines) throws UsageException {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new UsageException(file + ", line " + (i + 1) + ": expected KEY=VALUE");
      }
      values.put(
          assignment.substring(0, equals).strip(), unquote(assignment.substring(equals + 1)));
    }
    return values;
  }

  private static String unquote(String raw) {
    String value = raw.strip();
    if (value.length() >= 2) {
      char first = value.charAt(0);
      if ((first == '"' || first == '\'') && value.charAt(value.length() - 1) == first) {
        return value.substring(1, value.length() - 1);
      }
    }
    return value;
  }
}
