package dev.sluice.backend.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations, each a file of its name among the resources. */
public enum LuaScript {
  ACK,
  ACTIVITIES,
  ADD_ACTIVITY,
  ADD_AUDIT,
  ADD_JOB,
  ADD_KEY,
  ADD_STOP,
  CLAIM,
  COUNTS,
  DEREGISTER,
  DRAIN,
  DROP_KEY,
  END_TOKENS,
  ENQUEUE,
  FIND_JOB,
  FIND_PUBLIC,
  FIND_QUEUE,
  FIND_SESSION,
  FIND_STOP,
  FIND_WORKER,
  FIRST_KEYS,
  GIVE_BACK,
  HEARTBEAT,
  LANE,
  LIMIT,
  LIST_AUDIT,
  LIST_CLAIMS,
  LIST_QUEUES,
  LIST_SESSIONS,
  LIST_STANDINGS,
  LIST_WORK,
  LIST_WORKERS,
  MESSAGES,
  NACK,
  PAUSE,
  POLL,
  REFRESH,
  REGISTER,
  REORDER,
  REPORT,
  REQUEUE,
  RESUME,
  REVOKE,
  SEND,
  SET_TIME,
  STANDING,
  STOP,
  SWEEP,
  TIMELINE,
  TOUCH,
  TRANSFER,
  UNREAD;

  private static final String FOLDER = "/dev/sluice/backend/redis/";

  /**
   * The script with its libraries: those that it USES in front, in that order, and those that a
   * block INSERTs in its place.
   */
  String text() {
    String own = read(name().toLowerCase(Locale.ROOT) + ".lua");
    Matcher uses = Pattern.compile("(?m)^-- USES (.+)$").matcher(own);
    return (uses.find() ? libraries(uses.group(1)) : "") + inserted(uses.replaceAll(""));
  }

  private static String inserted(String text) {
    return Pattern.compile("(?m)^ *-- INSERT (.+)$")
        .matcher(text)
        .replaceAll(line -> Matcher.quoteReplacement(libraries(line.group(1))));
  }

  private static String libraries(String names) {
    return Stream.of(names.split(" "))
        .map(library -> inserted(read("lib/" + library + ".lua")))
        .collect(Collectors.joining());
  }

  private static String read(String file) {
    try (InputStream in = LuaScript.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("no script " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
