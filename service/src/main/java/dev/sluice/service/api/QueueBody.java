package dev.sluice.service.api;

import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.control.PauseMany;
import dev.sluice.service.errors.ApiException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class QueueBody {

  private QueueBody() {}

  public static String reason(JsonBody body) {
    String reason = Reasons.of(body);
    if (reason.isBlank()) {
      throw ApiException.invalid("reason", "is required");
    }
    return reason;
  }

  /** The reason of a pause of all projects. */
  public static String reasonForAll(JsonBody body) {
    String reason = reason(body);
    String problem = PauseMany.problem(reason);
    if (problem != null) {
      throw ApiException.invalid("reason", problem);
    }
    return reason;
  }

  /** True to resume what others paused, too. */
  public static boolean anyones(JsonBody body) {
    String by = body.string("by");
    if (by == null || by.equals("me")) {
      return false;
    }
    if (!by.equals("anyone")) {
      throw ApiException.invalid("by", "must be me or anyone");
    }
    return true;
  }

  public static boolean dryRun(JsonBody body) {
    return Boolean.TRUE.equals(body.bool("dryRun"));
  }

  /** Epoch ms, not past; 0 for none. */
  public static long until(JsonBody body, long nowMs) {
    @Nullable Long until = body.time("until");
    if (until == null) {
      return 0;
    }
    String problem = Pause.problem(until, nowMs);
    if (problem != null) {
      throw ApiException.invalid("until", problem);
    }
    return until;
  }

  /** An absent limit means none. */
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
        body.number(
            name, 0, QueueLimits.MAX_BUDGET_USD, "must be a number from 0 to a thousand millions");
    return checked == null ? null : QueueLimits.microUsd(BigDecimal.valueOf(checked));
  }
}
