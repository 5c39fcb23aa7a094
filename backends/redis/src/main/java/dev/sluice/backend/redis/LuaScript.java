package dev.sluice.backend.redis;

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
enum LuaScript {
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

  private static final Pattern LIBRARIES = Pattern.compile("(?m)^( *)-- (USES|INSERT) (.+)$");

  /**
   * The script with its libraries: those that it USES in front, in that order, and those that it
   * INSERTs in that place.
   */
  String text() {
    String own = read(name().toLowerCase(Locale.ROOT) + ".lua");
    StringBuilder front = new StringBuilder();
    String rest =
        LIBRARIES
            .matcher(own)
            .replaceAll(
                line -> {
                  String text =
                      Stream.of(line.group(3).split(" "))
                          .map(library -> read("lib/" + library + ".lua"))
                          .collect(Collectors.joining());
                  if (line.group(2).equals("USES")) {
                    front.append(text);
                    return "";
                  }
                  return Matcher.quoteReplacement(text);
                });
    return front + rest;
  }

  private static String read(String file) {
    try (InputStream in = LuaScript.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no script " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
