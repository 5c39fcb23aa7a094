package dev.sluice.service.resources;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.service.errors.ApiException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

public final class Waits {

  /** Below the 30 s time-out of some clients, and far below a lease. */
  static final int MAX_SECONDS = 25;

  private static final String STATES =
      "must be one of: "
          + Arrays.stream(SessionState.values())
              .map(SessionState::wire)
              .collect(Collectors.joining(", "));

  private Waits() {}

  private static final String END = "end";

  public static final Duration LONGEST = Duration.ofSeconds(MAX_SECONDS);

  /** True if the caller waits for the end, as long as it may. */
  public static boolean forEnd(@Nullable String text) {
    return END.equals(text);
  }

  /** True if the caller of a call that waits for nothing else waits for the end. */
  public static boolean onlyForEnd(@Nullable String text) {
    if (text != null && !text.isEmpty() && !forEnd(text)) {
      throw ApiException.invalid("wait", "must be end");
    }
    return forEnd(text);
  }

  /** As {@link #duration}, and the longest for the end. */
  public static Duration orForEnd(@Nullable String text) {
    if (forEnd(text)) {
      return LONGEST;
    }
    try {
      return duration(text);
    } catch (ApiException e) {
      throw ApiException.invalid("wait", "must be end, or a whole number from 0 to " + MAX_SECONDS);
    }
  }

  /** Whole seconds; zero if absent. */
  public static Duration duration(@Nullable String text) {
    return Duration.ofSeconds(WholeNumber.parameter("wait", text, 0, MAX_SECONDS, 0));
  }

  public static @Nullable SessionState state(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Arrays.stream(SessionState.values())
        .filter(state -> state.wire().equals(text))
        .findFirst()
        .orElseThrow(() -> ApiException.invalid("state", STATES));
  }
}
