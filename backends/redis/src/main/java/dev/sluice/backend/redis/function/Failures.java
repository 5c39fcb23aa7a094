package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Error replies of Redis as exceptions. */
public final class Failures {

  /** Errors of a server that can't serve now. Its function has written nothing. */
  private static final List<String> CANT_SERVE =
      List.of(
          "OOM ",
          "READONLY ",
          "LOADING ",
          "MISCONF ",
          "BUSY ",
          "MASTERDOWN ",
          "NOREPLICAS ",
          "CLUSTERDOWN ",
          "TRYAGAIN ",
          "ASK ",
          "NOAUTH ",
          "WRONGPASS ",
          "Script killed by user");

  /** Errors of a server whose user lacks a right. Its function has written nothing. */
  private static final List<String> NO_RIGHT =
      List.of("NOPERM ", "ACL failure in script", "The user executing the script can't ");

  /** Redis 7.0 names no command if a function runs it. */
  private static final Pattern COMMAND_WITHOUT_RIGHT = Pattern.compile("the '([^']+)' command");

  private static final Pattern NO_FUNCTIONS =
      Pattern.compile("^ERR unknown command .(FCALL|FUNCTION)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER = Pattern.compile("SLUICE-(?:DAMAGED|CLOSED|CALL) (\\d+) ");

  private static final Pattern DAMAGED = Pattern.compile("SLUICE-DAMAGED \\d+ ([^,]*)");

  private static final Pattern CLOSED = Pattern.compile("SLUICE-CLOSED \\d+ ([a-z0-9-]+)");

  private static final Pattern CALL = Pattern.compile("SLUICE-CALL \\d+ (\\S+)");

  private static final Pattern LAYOUT = Pattern.compile("SLUICE-LAYOUT (\\d+) (\\d+) (\\d+)");

  private Failures() {}

  /** Returns the sequence number that an error of a function tells. */
  static OptionalLong numberOf(JedisDataException error) {
    Matcher number = NUMBER.matcher(String.valueOf(error.getMessage()));
    return number.find() ? OptionalLong.of(Long.parseLong(number.group(1))) : OptionalLong.empty();
  }

  /** Redis adds words of its own behind the error of a function. */
  public static RuntimeException of(JedisDataException error) {
    String message = String.valueOf(error.getMessage());
    Matcher damaged = DAMAGED.matcher(message);
    if (damaged.find()) {
      return new RefusedException(
          Refusal.DAMAGED, "damaged in the store: " + damaged.group(1), null);
    }
    Matcher closed = CLOSED.matcher(message);
    if (closed.find()) {
      return RefusedException.of(Refusal.CLOSED, closed.group(1));
    }
    Matcher call = CALL.matcher(message);
    if (call.find()) {
      return RefusedException.of(Refusal.CONFLICT, "call " + call.group(1));
    }
    Matcher layout = LAYOUT.matcher(message);
    if (layout.find()) {
      int newest = Integer.parseInt(layout.group(3));
      return new Layouts(Integer.parseInt(layout.group(2)), newest, newest)
          .refusal(layout.group(1));
    }
    if (message.contains("WRONGTYPE")) {
      return new RefusedException(
          Refusal.DAMAGED, "damaged in the store: a key has another type than it should", null);
    }
    if (hasNoFunctions(error)) {
      return noFunctions("has no functions", error);
    }
    if (wordOf(NO_RIGHT, message) != null) {
      return noRight(message, error);
    }
    String word = wordOf(CANT_SERVE, message);
    if (word != null) {
      return new BackendUnavailableException("Redis can't serve: " + word.strip(), false, error);
    }
    return new IllegalStateException("a function failed: " + message, error);
  }

  /** Returns the first of these words with which the message begins, behind a prefix or not. */
  private static @Nullable String wordOf(List<String> words, String message) {
    return words.stream()
        .filter(
            word ->
                message.startsWith(word)
                    || message.startsWith("ERR " + word)
                    || message.contains("-" + word)
                    || message.contains(": " + word))
        .findFirst()
        .orElse(null);
  }

  private static BackendUnavailableException noRight(String message, JedisDataException error) {
    Matcher command = COMMAND_WITHOUT_RIGHT.matcher(message);
    String right =
        command.find()
            ? "the user of Redis may not run '" + command.group(1) + "'"
            : "the user of Redis lacks a right (" + message + ")";
    return unfit(right + ": grant the rights of docs/redis.md#rights", error);
  }

  /**
   * True for an error that isn't one of ours and none of a server that can't serve: a failure of
   * our functions, or another library under the name of ours.
   */
  static boolean isOdd(JedisDataException error) {
    return of(error) instanceof IllegalStateException;
  }

  /** True for the answer of a server that is too old. */
  static boolean hasNoFunctions(JedisDataException error) {
    return NO_FUNCTIONS.matcher(String.valueOf(error.getMessage())).find();
  }

  /**
   * @param server such as {@code is Redis 6.2.14}
   */
  static BackendUnavailableException noFunctions(String server, JedisDataException error) {
    return unfit("Sluice needs Redis 7.0 or Valkey 7.2; this server " + server, error);
  }

  private static BackendUnavailableException unfit(String message, JedisDataException error) {
    return new BackendUnavailableException(message, false, new UnfitException(message, error));
  }
}
