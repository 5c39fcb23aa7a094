package dev.sluice.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private @Nullable String front;
  private long nanos;
  private int looks;
  private HealthCheck.Result store = HealthCheck.Result.healthy("damaged: a");
  private final FailStop failStop = new FailStop(FailStop.Reaction.STAY);
  private final Readiness readiness =
      new Readiness(
          new HealthCheck() {
            @Override
            protected Result check() {
              looks++;
              return store;
            }
          },
          failStop,
          () -> front,
          () -> nanos);

  @Test
  void itIsReadyWhileTheStoreIsFitToServe() {
    assertThat(readiness.whyNot()).isNull();
    store = HealthCheck.Result.unhealthy("the store is away");
    assertThat(readiness.whyNot()).isEqualTo("the store is away");
    store = HealthCheck.Result.healthy();
    assertThat(readiness.whyNot()).isNull();
  }

  @Test
  void itIsNotReadyAfterAFailureForGood() {
    failStop.fail("the journal is lost");
    assertThat(readiness.whyNot()).isEqualTo("the journal is lost");
  }

  @Test
  void itIsNotReadyWhileTheApplicationPortServesNoCalls() {
    front = "no answer";
    assertThat(readiness.whyNot()).isEqualTo("no answer");
  }

  @Test
  void strangersLetTheStoreBeAskedOnceASecond() {
    for (int i = 0; i < 100; i++) {
      assertThat(readiness.isReady()).isTrue();
    }
    assertThat(looks).isEqualTo(1);
    store = HealthCheck.Result.unhealthy("the store is away");
    nanos = 1_000_000_000;
    assertThat(readiness.isReady()).isFalse();
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void itIsNotReadyOnceItStops() {
    assertThat(readiness.isReady()).isTrue();
    readiness.stopping();
    assertThat(readiness.isReady()).as("at once").isFalse();
    assertThat(readiness.whyNot()).isEqualTo("it is stopping");
  }
}
