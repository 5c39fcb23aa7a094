package dev.sluice.service.resources;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.service.errors.ApiException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long a call waits for something to happen, and for what. */
public final class Waits {

  /** Well below the 30 s that some clients give a call, and far below a lease. */
  static final int MAX_SECONDS = 25;

  private static final String STATES =
      "must be one of: "
          + Arrays.stream(SessionState.values())
              .map(SessionState::wire)
              .collect(Collectors.joining(", "));

  private Waits() {}

  /**
   * Reads the parameter {@code wait}: none where it is missing.
   *
   * @throws ApiException 400 unless it is a whole number of seconds from 0 to {@value #MAX_SECONDS}
   */
  public static Duration duration(@Nullable String text) {
    return Duration.ofSeconds(WholeNumber.parameter("wait", text, 0, MAX_SECONDS, 0));
  }

  /**
   * Reads the parameter {@code state}: the state that the caller knows of.
   *
   * @throws ApiException 400 unless it is one
   */
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
