package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.errors.RatePolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND); // it wraps on the way

  @Test
  void aBurstIsFollowedByARate() {
    RateLimit limit = limit(new Rate(3, 2));
    assertThat(taken(limit, "a", 10)).isEqualTo(3);
    assertThat(limit.exhausted("a")).isTrue();
    assertThat(limit.take("a")).isEqualTo(SECOND / 2);
    now.addAndGet(SECOND / 2);
    assertThat(limit.exhausted("a")).isFalse();
    assertThat(taken(limit, "a", 10)).isEqualTo(1);
    now.addAndGet(SECOND);
    assertThat(taken(limit, "a", 10)).isEqualTo(2);
    now.addAndGet(100 * SECOND);
    assertThat(taken(limit, "a", 10)).as("no more than a burst is saved up").isEqualTo(3);
  }

  @Test
  void eachNameHasABucketOfItsOwn() {
    RateLimit limit = limit(new Rate(1, 1));
    assertThat(taken(limit, "a", 2)).isEqualTo(1);
    assertThat(limit.exhausted("b")).isFalse();
    assertThat(taken(limit, "b", 2)).isEqualTo(1);
  }

  @Test
  void withoutARateThereIsNoLimit() {
    RateLimit limit = limit(new Rate(1, 0));
    assertThat(limit.on()).isFalse();
    assertThat(taken(limit, "a", 1_000)).isEqualTo(1_000);
    assertThat(limit.exhausted("a")).isFalse();
  }

  @Test
  void aBurstOfZeroIsTwoSecondsWorth() {
    assertThat(taken(limit(new Rate(0, 5)), "a", 100)).isEqualTo(10);
  }

  @Test
  void manyThreadsTakeNoMoreThanOne() {
    RateLimit limit = limit(new Rate(500, 1));
    long taken = IntStream.range(0, 5_000).parallel().filter(call -> limit.take("a") == 0).count();
    assertThat(taken).isEqualTo(500);
  }

  @Test
  void aRefusalNamesTheLimitAndTheTime() {
    RateLimit limit = limit(new Rate(3, 2));
    var refusal = limit.refusal("from here", SECOND + 1);
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.retryAfterSeconds()).isEqualTo(2);
    assertThat(refusal)
        .hasMessage(
            "Too many calls from here, the limit is 3 at once and 2 a second (rates.test);"
                + " try again later");
    assertThat(limit.refusal("from here", 1).retryAfterSeconds()).isEqualTo(1);
    assertThat(refusal.policy()).isEqualTo(new RatePolicy("rates.test", 3, 2));
    assertThat(limit(new Rate(1, 10)).refusal("", 1).policy())
        .as("a window is a second at least")
        .isEqualTo(new RatePolicy("rates.test", 10, 1));
  }

  private RateLimit limit(Rate rate) {
    return new RateLimit("rates.test", rate, now::get);
  }

  private static long taken(RateLimit limit, String name, int calls) {
    return IntStream.range(0, calls).filter(call -> limit.take(name) == 0).count();
  }
}
