package dev.sluice.admin.work;

import dev.sluice.backend.Names;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.control.FleetSearch;
import dev.sluice.fleet.SessionHealth;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A filter of the work list, by its name in the address. */
public enum WorkFilter {
  Q("words"),
  PROJECT("project"),
  HEALTH("health"),
  RESULT("result"),
  HOST("host"),
  MODEL("model"),
  CAPABILITY("worker capability"),
  ISSUE("issue"),
  COST("minimum cost"),
  OLDER("minimum age"),
  SORT("sort");

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,5}) ?(s|m|min|h|d)");
  private static final Pattern DOLLARS = Pattern.compile("\\$?([0-9]{1,9}(\\.[0-9]{1,6})?)");

  private final String label;

  WorkFilter(String label) {
    this.label = label;
  }

  static Optional<WorkFilter> of(String name) {
    return Stream.of(values()).filter(filter -> filter.word().equals(name)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return label;
  }

  /** True if memory or an index serves it. */
  public boolean serves(WorkState state) {
    return switch (this) {
      case Q, PROJECT, ISSUE -> true;
      case HOST, MODEL -> !state.waits();
      case RESULT -> state == WorkState.ENDED;
      case HEALTH, CAPABILITY, COST, OLDER, SORT -> state.claimed();
    };
  }

  /** Returns the problem of a value; null if valid. */
  @Nullable String problem(String value) {
    return switch (this) {
      case Q ->
          value.length() > FleetSearch.MOST_TEXT
              ? "must be at most " + FleetSearch.MOST_TEXT + " characters"
              : null;
      case PROJECT, HOST, MODEL, CAPABILITY, ISSUE -> Names.problem(value);
      case HEALTH -> health(value) == null ? "must be stuck, silent, slow or ok" : null;
      case RESULT -> results().anyMatch(value::equals) ? null : "must be " + words(results());
      case COST -> DOLLARS.matcher(value).matches() ? null : "must be dollars like 10 or 2.50";
      case OLDER -> SPAN.matcher(value).matches() ? null : "must be a duration like 30m, 2h or 1d";
      case SORT -> WorkSort.of(value).isPresent() ? null : "must be " + words(sorts());
    };
  }

  static @Nullable SessionHealth health(@Nullable String word) {
    return Stream.of(SessionHealth.values())
        .filter(health -> health.word().equals(word))
        .findFirst()
        .orElse(null);
  }

  private static Stream<String> sorts() {
    return Stream.of(WorkSort.values()).map(WorkSort::word);
  }

  /** States in which work ends. */
  static Stream<String> results() {
    return Stream.of(SessionState.values()).filter(SessionState::terminal).map(SessionState::wire);
  }

  private static String words(Stream<String> words) {
    return words.collect(Collectors.joining(", "));
  }

  static long microUsd(String cost) {
    Matcher dollars = DOLLARS.matcher(cost);
    return dollars.matches() ? new BigDecimal(dollars.group(1)).movePointRight(6).longValue() : 0;
  }

  static long ms(String age) {
    Matcher span = SPAN.matcher(age);
    if (!span.matches()) {
      return 0;
    }
    long number = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "s" -> Duration.ofSeconds(number).toMillis();
      case "h" -> Duration.ofHours(number).toMillis();
      case "d" -> Duration.ofDays(number).toMillis();
      default -> Duration.ofMinutes(number).toMillis();
    };
  }
}
