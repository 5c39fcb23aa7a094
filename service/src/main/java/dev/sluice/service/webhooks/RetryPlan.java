package dev.sluice.service.webhooks;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The times of attempts: the plan of Standard Webhooks up to the age that events have by default.
 */
final class RetryPlan {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10));

  /** The part of a pause by which it may be longer, so that receivers aren't met all at once. */
  private static final double JITTER = 0.2;

  /** Answers whose {@code Retry-After} counts. */
  private static final Set<Integer> THROTTLES = Set.of(429, 502, 503, 504);

  private static final long LONGEST_THROTTLE_MS = Duration.ofHours(1).toMillis();

  private RetryPlan() {}

  /** Returns the time of the attempt after so many failed ones; 0 if that was the last. */
  static long next(int tries, long nowMs) {
    if (tries > PAUSES.size()) {
      return 0;
    }
    long pause = PAUSES.get(tries - 1).toMillis();
    return nowMs + pause + (long) (pause * JITTER * ThreadLocalRandom.current().nextDouble());
  }

  /** Returns the end of the time for which the receiver wants to be left alone; 0 for none. */
  static long throttledUntil(WebhookTarget.Answer answer, long nowMs) {
    String text = answer.retryAfter();
    if (text == null || !THROTTLES.contains(answer.status())) {
      return 0;
    }
    long until = text.matches("\\d{1,9}") ? nowMs + Long.parseLong(text) * 1_000 : date(text);
    return Math.min(until, nowMs + LONGEST_THROTTLE_MS);
  }

  /** Returns 0 for other texts. */
  private static long date(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
