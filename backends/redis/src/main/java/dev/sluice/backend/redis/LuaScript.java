package dev.sluice.backend.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** The operations, each a file of its name among the resources. */
enum LuaScript {
  ACK,
  COUNTS,
  DEREGISTER,
  ENQUEUE,
  FIND_SESSION,
  FIND_WORKER,
  FIRST_KEYS,
  HEARTBEAT,
  NACK,
  POLL,
  REGISTER,
  REPORT,
  SEND,
  STOP,
  SWEEP;

  private static final String USES = "-- USES ";

  /** The script with the libraries that it names in its head in front, in that order. */
  String text() {
    String own = read(name().toLowerCase(Locale.ROOT) + ".lua");
    StringBuilder text = new StringBuilder();
    own.lines()
        .filter(line -> line.startsWith(USES))
        .flatMap(line -> Stream.of(line.substring(USES.length()).split(" ")))
        .forEach(name -> text.append(read("lib/" + name + ".lua")));
    return text.append(own).toString();
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
