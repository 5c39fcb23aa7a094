package dev.sluice.control;

import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.FieldText;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.DeadReason;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * @param error see {@link #group}
 */
public record DeadCause(@Nullable DeadReason reason, String error) {

  public static final String NO_ERROR = "(no error)";

  private static final int MAX_ERROR = 200;

  /** Numbers differ between errors of one cause. */
  private static final Pattern NUMBERS = Pattern.compile("[0-9a-fA-F]*[0-9][0-9a-fA-F]*");

  private static final String ERROR = "error";

  /** Groups by reason and by the told cause of its failure, or else by the field {@code error}. */
  public static DeadCause of(Session dead) {
    String told = dead.fields().get(Failure.FIELD);
    String json = told == null ? dead.fields().get(ERROR) : told;
    return new DeadCause(dead.dead(), group(json == null ? "" : FieldText.of(json)));
  }

  /** Fields that give the same cause, and nothing else. */
  public SortedMap<String, String> fields() {
    return error.equals(NO_ERROR)
        ? Collections.emptySortedMap()
        : new TreeMap<>(Map.of(ERROR, quoted(error)));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The group of an error: its first line, cut, with # for numbers. Idempotent. */
  public static String group(String error) {
    String line = error.strip().lines().findFirst().orElse("");
    int end =
        line.offsetByCodePoints(0, Math.min(MAX_ERROR, line.codePointCount(0, line.length())));
    String group = NUMBERS.matcher(line.substring(0, end)).replaceAll("#").strip();
    return group.isEmpty() ? NO_ERROR : group;
  }
}
