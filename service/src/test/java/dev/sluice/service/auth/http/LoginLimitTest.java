package dev.sluice.service.auth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.tck.MovableClock;
import dev.sluice.service.auth.ClientAddress;
import dev.sluice.service.errors.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginLimitTest {

  private final MovableClock clock = new MovableClock();
  private final LoginLimit limit = new LoginLimit(clock.utc());

  @Test
  void aPairWaitsLongerAfterEachFailureAndNoOtherAddressWaitsForIt() {
    failures("jo", "10.0.0.1", LoginLimit.FREE);
    for (long wait : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      refused("jo", "10.0.0.1", wait);
      limit.attempt("jo", "10.0.0.2");
      limit.withdraw("jo", "10.0.0.2");
      pass(Duration.ofSeconds(wait).minusMillis(1));
      refused("jo", "10.0.0.1", 1);
      pass(Duration.ofMillis(1));
      limit.attempt("jo", "10.0.0.1");
    }
    pass(LoginLimit.FORGOTTEN);
    failures("jo", "10.0.0.1", LoginLimit.FREE);
    refused("jo", "10.0.0.1", 1);
  }

  @Test
  void aNameThatManyAddressesGuessAtHasFewerTriesFromEachOfThem() {
    limit.succeeded("jo", "10.0.9.1");
    for (int i = 0; i < LoginLimit.PER_NAME; i++) {
      limit.attempt("jo", "10.0.1." + i);
    }
    failures("jo", "10.0.2.1", LoginLimit.FREE_UNDER_ATTACK);
    refused("jo", "10.0.2.1", 1);
    limit.attempt("jo", "10.0.2.2");
    failures("jo", "10.0.9.1", LoginLimit.FREE);
    failures("kim", "10.0.9.2", LoginLimit.FREE);
    pass(LoginLimit.WINDOW.plus(LoginLimit.FORGOTTEN));
    failures("jo", "10.0.2.1", LoginLimit.FREE);
  }

  @Test
  void anAddressThatLoggedInIsLetInThoughItsNeighboursGuess() {
    limit.attempt("jo", "10.0.0.1");
    limit.succeeded("jo", "10.0.0.1");
    for (int i = 0; i < LoginLimit.PER_ADDRESS; i++) {
      limit.attempt("name" + i, "10.0.0.1");
    }
    refused("another", "10.0.0.1", 300);
    limit.attempt("jo", "10.0.0.1");
  }

  @Test
  void anAddressGuessesSoOftenWhateverTheName() {
    for (int i = 0; i < LoginLimit.PER_ADDRESS; i++) {
      limit.attempt("name" + i, "10.0.0.1");
    }
    refused("another", "10.0.0.1", 300);
    limit.attempt("another", "10.0.0.2");
  }

  @Test
  void whatMustWaitDoesNotCountForItsAddress() {
    failures("jo", "10.0.0.1", LoginLimit.FREE);
    for (int i = 0; i < LoginLimit.PER_ADDRESS; i++) {
      refused("jo", "10.0.0.1", 1);
    }
    limit.attempt("other", "10.0.0.1");
  }

  @Test
  void aSuccessForgetsTheFailures() {
    for (int round = 0; round < 5; round++) {
      failures("jo", "10.0.0.1", LoginLimit.FREE - 1);
      limit.attempt("jo", "10.0.0.1");
      limit.succeeded("jo", "10.0.0.1");
    }
    for (int i = 0; i < 10 * LoginLimit.PER_ADDRESS; i++) {
      limit.attempt("kim" + i, "10.0.9.9");
      limit.succeeded("kim" + i, "10.0.9.9");
    }
  }

  @Test
  void whatWasNotJudgedDoesNotCount() {
    for (int i = 0; i < 10 * LoginLimit.PER_ADDRESS; i++) {
      limit.attempt("jo", "10.0.0.1");
      limit.withdraw("jo", "10.0.0.1");
    }
    assertThatCode(() -> limit.attempt("jo", "10.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void addressesAreToldApartByWhatOneCallerHas() {
    assertThat(ClientAddress.of("192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(ClientAddress.of("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(ClientAddress.of("[2001:db8:0:1:aaaa::1]"))
        .isEqualTo("20010db800000001/64")
        .isEqualTo(ClientAddress.of("2001:db8:0:1:bbbb::2"))
        .isEqualTo(ClientAddress.of("2001:db8:0:1::3%eth0"))
        .isNotEqualTo(ClientAddress.of("2001:db8:0:2::1"));
    for (String none : new String[] {"", "unknown", "localhost", "dead.beef", "1:2", "9.9.9.999"}) {
      assertThat(ClientAddress.of(none)).as(none).isEqualTo("unknown");
    }
    assertThat(ClientAddress.of("f:".repeat(5_000))).isEqualTo("unknown");
  }

  private void failures(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      limit.attempt(name, address);
    }
  }

  private void pass(Duration time) {
    clock.jump(time);
  }

  private void refused(String name, String address, long seconds) {
    assertThatThrownBy(() -> limit.attempt(name, address))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(429);
              assertThat(refused.retryAfterSeconds()).isEqualTo(seconds);
            });
  }
}
