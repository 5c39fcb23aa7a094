package dev.sluice.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private @Nullable String front;
  private HealthCheck.Result store = HealthCheck.Result.healthy("damaged: a");
  private final FailStop failStop = new FailStop(FailStop.Reaction.STAY);
  private final Readiness readiness =
      new Readiness(
          new HealthCheck() {
            @Override
            protected Result check() {
              return store;
            }
          },
          failStop,
          () -> front);

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
  void itIsNotReadyOnceItStops() {
    readiness.stopping();
    assertThat(readiness.whyNot()).isEqualTo("it is stopping");
  }
}
