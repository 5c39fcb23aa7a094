package dev.sluice.backend.redis.function;

import dev.sluice.backend.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The library of functions as Redis gets it: the files of Lua behind a table of the rules. Its name
 * is made from the hash of all that, so that nodes of two releases share a server.
 *
 * @param name with which the names of its functions begin
 */
record FunctionLibrary(String name, String text) {

  /** All libraries of Sluice, and no other ones, are named so. */
  static final String PREFIX = "sluice_";

  /** The function that carries out several calls. */
  static final String CALLS = "calls";

  private static final String FOLDER = "/dev/sluice/backend/redis/library/";

  /** The files of {@code rules}, in the order in which they are joined. Any order would do. */
  static final List<String> RULES =
      List.of(
          "step",
          "repeated_calls",
          "closures",
          "audit",
          "pages",
          "workers",
          "sessions",
          "timelines",
          "events",
          "queues",
          "buckets",
          "places",
          "sets",
          "nackers",
          "issues",
          "waiting",
          "figures",
          "claims",
          "inbox",
          "endings",
          "offers",
          "jobs",
          "replays",
          "due",
          "expiry",
          "findings",
          "retention",
          "imports",
          "selection",
          "handout");

  private static final Pattern COMMENTS = Pattern.compile("(?m)^ *--.*$");

  private static final AtomicReference<@Nullable Known> LATEST = new AtomicReference<>();

  private record Known(Rules rules, Layouts layouts, FunctionLibrary library) {}

  /** The latest one is kept for the next caller. */
  static FunctionLibrary of(Rules rules, Layouts layouts) {
    Known latest = LATEST.get();
    if (latest == null || !latest.rules().equals(rules) || !latest.layouts().equals(layouts)) {
      latest = new Known(rules, layouts, join(rules, layouts));
      LATEST.set(latest);
    }
    return latest.library();
  }

  private static FunctionLibrary join(Rules rules, Layouts layouts) {
    String body = RuleTable.of(rules, layouts) + code();
    String name = PREFIX + hash(body);
    String text = "#!lua name=" + name + "\nlocal LIBRARY = '" + name + "'\n" + body;
    return new FunctionLibrary(name, text);
  }

  /** Without comments, which Redis would keep. */
  private static String code() {
    Stream<String> blocks =
        Stream.concat(
                RULES.stream().map(file -> "rules/" + file),
                Arrays.stream(LuaFunction.values()).map(LuaFunction::file))
            .map(file -> "do\n" + read(file) + "end\n");
    String registered =
        Arrays.stream(LuaFunction.values())
            .map(LuaFunction::registration)
            .collect(Collectors.joining("\n", "", "\n"));
    String code = read("head") + blocks.collect(Collectors.joining()) + read("functions");
    return COMMENTS.matcher(code).replaceAll("") + registered;
  }

  /**
   * @param file below the folder, without its ending
   */
  static String read(String file) {
    try (InputStream in = FunctionLibrary.class.getResourceAsStream(FOLDER + file + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
