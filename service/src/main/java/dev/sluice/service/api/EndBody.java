package dev.sluice.service.api;

import dev.sluice.service.errors.ApiException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The end of something that lasts for a while. */
public final class EndBody {

  private static final long MINUTE_MS = 60_000;

  private EndBody() {}

  /**
   * Reads {@code minutes} from now, or the time {@code until}.
   *
   * @param longestMs most that {@code minutes} may be
   * @param problem of a time, null if valid
   * @return epoch ms
   */
  public static long of(
      JsonBody body, long nowMs, long longestMs, LongFunction<@Nullable String> problem) {
    @Nullable Long until = body.time("until");
    long most = longestMs / MINUTE_MS;
    @Nullable Long minutes =
        body.integer("must be a whole number from 1 to " + most, 1, most, "minutes");
    if (until == null && minutes != null) {
      return nowMs + minutes * MINUTE_MS;
    } else if (until == null || minutes != null) {
      throw ApiException.invalid("minutes", "is required, or until, not both");
    }
    String wrong = problem.apply(until);
    if (wrong != null) {
      throw ApiException.invalid("until", wrong);
    }
    return until;
  }
}
