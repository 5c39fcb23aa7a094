package dev.sluice.service.api;

import dev.sluice.backend.QueueLimits;
import dev.sluice.service.errors.ApiException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what closes and opens a queue. */
public final class QueueBody {

  /** A budget beyond is none. */
  private static final double MAX_USD = 1_000_000_000;

  private QueueBody() {}

  /**
   * Why it is paused, which must be said: others meet it.
   *
   * @throws ApiException 400
   */
  public static String reason(JsonBody body) {
    String reason = Reasons.of(body);
    if (reason.isBlank()) {
      throw ApiException.invalid("reason", "is required");
    }
    return reason;
  }

  /**
   * When a pause ends by itself, epoch ms; 0 for until resumed.
   *
   * @throws ApiException 400, also for a time that has passed
   */
  public static long until(JsonBody body, long nowMs) {
    @Nullable Long until = body.time("until");
    if (until == null) {
      return 0;
    }
    if (until <= nowMs) {
      throw ApiException.invalid("until", "has passed");
    }
    return until;
  }

  /**
   * The limits, none where a member is missing or null.
   *
   * @throws ApiException 400
   */
  public static QueueLimits limits(JsonBody body) {
    @Nullable Long max =
        body.integer(
            "must be a whole number from 0 to " + Integer.MAX_VALUE,
            0,
            Integer.MAX_VALUE,
            "maxConcurrent");
    return new QueueLimits(max == null ? null : max.intValue(), budget(body));
  }

  private static @Nullable Long budget(JsonBody body) {
    String name = "dailyBudgetUsd";
    body.requireFiniteNumbers(List.of(name));
    @Nullable Double checked =
        body.number(name, 0, MAX_USD, "must be a number from 0 to a thousand millions");
    return checked == null
        ? null
        : BigDecimal.valueOf(checked)
            .movePointRight(6)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
  }
}
