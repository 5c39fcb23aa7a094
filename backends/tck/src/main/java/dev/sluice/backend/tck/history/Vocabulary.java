package dev.sluice.backend.tck.history;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.NewWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Few names, so that calls meet; some differ in UTF-16 and byte order. */
final class Vocabulary {

  // The order of their bytes is that of the code points; in UTF-16 the astral one comes first.
  private static final String WIDE = "\uFF21";
  private static final String ASTRAL = "\uD83D\uDE00";

  static final List<String> SESSIONS =
      List.of(
          "s-1",
          "s-10",
          "s-2",
          "s-3",
          "s-4",
          "s-5",
          "s-6",
          "s-7",
          "s-é",
          "s-" + WIDE,
          "s-" + WIDE + WIDE,
          "s-" + ASTRAL,
          "s-" + ASTRAL + WIDE);
  static final List<String> ISSUES = List.of("i-1", "i-" + WIDE);
  static final List<String> PROJECTS =
      List.of(NewWork.ANY_PROJECT, "web", "p-" + WIDE, "p-" + ASTRAL);
  static final List<List<String>> CAPABILITIES =
      List.of(List.of(), List.of(), List.of(), List.of("gpu"), List.of("gpu", "mac"), List.of("x"));
  static final List<String> WORKERS =
      List.of("w-1", "w-2", "w-3", "w-4", "w-" + ASTRAL, "w-" + WIDE);

  /** The first is never revoked, which would end most of the history. */
  static final List<String> KEYS = List.of("k-1", "k-1", "k-2");

  static final List<Dialect> DIALECTS =
      List.of(Dialect.STANDARD, Dialect.STANDARD, Dialect.SNAKE_CASE, Dialect.GO_DAEMON);
  static final List<SessionState> REPORTABLE =
      Stream.of(SessionState.values()).filter(SessionState::reportable).toList();

  /** Few, so that workers of one machine meet. */
  static final List<String> MACHINES = List.of("m-1", "m-" + ASTRAL);

  static final List<String> JOBS =
      List.of("j-1", "j-10", "j-2", "j-3", "j-" + WIDE, "j-" + ASTRAL, "s-1");

  static final List<String> STOP_ORDERS = List.of("r-1", "r-10", "r-" + WIDE, "r-" + ASTRAL);

  /** Given to several sessions, never at once. */
  static final String SHARED_NAME = "p-" + WIDE;

  private Vocabulary() {}

  static List<String> namesOf(String session) {
    return List.of("p of " + session, session + " " + ASTRAL);
  }

  static String project(Random random) {
    return pick(random, PROJECTS);
  }

  static @Nullable String key(Random random) {
    return oneIn(random, 10) ? pick(random, KEYS) : null;
  }

  static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  static boolean oneIn(Random random, int times) {
    return random.nextInt(times) == 0;
  }

  /** Suppliers picked by weight. */
  static final class Choice<T> {

    private final List<Supplier<T>> tickets = new ArrayList<>();

    Choice<T> add(int weight, Supplier<T> what) {
      for (int i = 0; i < weight; i++) {
        tickets.add(what);
      }
      return this;
    }

    T pick(Random random) {
      return Vocabulary.pick(random, tickets).get();
    }
  }
}
