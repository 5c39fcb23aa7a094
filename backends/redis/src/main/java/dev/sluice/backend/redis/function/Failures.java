package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisDataException;

/** Error replies of Redis as exceptions. */
public final class Failures {

  /** Errors of a server that can't serve, or not us. Their scripts have written nothing. */
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
          "NOAUTH ",
          "NOPERM ",
          "WRONGPASS ",
          "ACL failure in script",
          "The user executing the script can't ");

  private static final Pattern DAMAGED = Pattern.compile("SLUICE-DAMAGED (\\d+) ([^,]*)");

  private static final Pattern CLOSED = Pattern.compile("SLUICE-CLOSED (\\d+) ([a-z0-9-]+)");

  private static final Pattern CALL = Pattern.compile("SLUICE-CALL (\\d+) (\\S+)");

  private static final Pattern LAYOUT = Pattern.compile("SLUICE-LAYOUT (\\d+) (\\d+) (\\d+)");

  private Failures() {}

  /** Redis 6 puts a script's error after words of its own, Redis 7 before them. */
  public static RuntimeException of(JedisDataException error) {
    String message = String.valueOf(error.getMessage());
    Matcher damaged = DAMAGED.matcher(message);
    if (damaged.find()) {
      return new RefusedException(
          Refusal.DAMAGED,
          "damaged in the store: " + damaged.group(2),
          null,
          Long.parseLong(damaged.group(1)));
    }
    Matcher closed = CLOSED.matcher(message);
    if (closed.find()) {
      return RefusedException.of(Refusal.CLOSED, closed.group(2), Long.parseLong(closed.group(1)));
    }
    Matcher call = CALL.matcher(message);
    if (call.find()) {
      return RefusedException.of(
          Refusal.CONFLICT, "call " + call.group(2), Long.parseLong(call.group(1)));
    }
    Matcher layout = LAYOUT.matcher(message);
    if (layout.find()) {
      int newest = Integer.parseInt(layout.group(3));
      return new Layouts(Integer.parseInt(layout.group(2)), newest, newest)
          .refusal(layout.group(1));
    }
    if (message.contains("WRONGTYPE")) {
      return new RefusedException(
          Refusal.DAMAGED, "damaged in the store: a key has another type than it should", null, 0);
    }
    for (String word : CANT_SERVE) {
      if (message.startsWith(word)
          || message.contains("-" + word)
          || message.contains(": " + word)) {
        return new BackendUnavailableException("Redis can't serve: " + word.strip(), false, error);
      }
    }
    return new IllegalStateException("a script failed: " + message, error);
  }
}
