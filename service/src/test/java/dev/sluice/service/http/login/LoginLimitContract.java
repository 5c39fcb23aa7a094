package dev.sluice.service.http.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginApplication;
import dev.sluice.service.http.LoginEdge;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class LoginLimitContract {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  protected abstract LoginEdge edge();

  @Test
  void anAddressWaitsAfterTenFailuresOfANameAndNoOtherDoes() {
    Map<String, String> from = Map.of("X-Forwarded-For", LoginEdge.newAddress());
    for (int i = 0; i < 10; i++) {
      assertThat(edge().tryLogin("leo", "wrong-password", from).status()).isEqualTo(401);
    }
    tooMany(edge().tryLogin("leo", "wrong-password", from));
    tooMany(edge().tryLogin("leo", "leo's-password", from));
    edge().login("leo", "leo's-password");
    LoginApplication.pass(Duration.ofSeconds(2));
    assertThat(edge().tryLogin("leo", "leo's-password", from).status()).isEqualTo(200);
  }

  @Test
  void whoGuessesFromManyAddressesLocksNobodyOut() {
    for (int i = 0; i < 40; i++) {
      assertThat(edge().tryLogin("leo", "wrong-password").status()).isEqualTo(401);
    }
    edge().login("leo", "leo's-password");
    LoginApplication.pass(WINDOW);
  }

  @Test
  void anUnknownNameIsRefusedAsAKnownOne() {
    Map<String, String> from = Map.of("X-Forwarded-For", LoginEdge.newAddress());
    for (int i = 0; i < 10; i++) {
      assertThat(edge().tryLogin("ghost", "wrong-password", from).status()).isEqualTo(401);
    }
    tooMany(edge().tryLogin("ghost", "wrong-password", from));
  }

  @Test
  void anAddressIsRefusedAfterThirtyFailures() {
    Map<String, String> from = Map.of("X-Forwarded-For", LoginEdge.newAddress());
    for (int i = 0; i < 30; i++) {
      assertThat(edge().tryLogin("guess-" + i, "wrong-password", from).status()).isEqualTo(401);
    }
    tooMany(edge().tryLogin("guess", "wrong-password", from));
    tooMany(edge().tryLogin("vera", "vera's-password", from));
    edge().login("vera", "vera's-password");
    LoginApplication.pass(WINDOW);
    assertThat(edge().tryLogin("vera", "vera's-password", from).status()).isEqualTo(200);
  }

  private static void tooMany(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(429);
    assertThat(answer.text("/message")).isEqualTo("Too many failed logins; try again later");
    assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElse("0")))
        .isBetween(1L, WINDOW.toSeconds());
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }
}
