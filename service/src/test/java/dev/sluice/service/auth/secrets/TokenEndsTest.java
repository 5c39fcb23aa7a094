package dev.sluice.service.auth.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.errors.ApiException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenEndsTest {

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend store = new MemoryBackend(Rules.DEFAULTS, clock);
  private final TokenEnds ends = new TokenEnds(store.credentials(), clock.utc());
  private final TokenEnds endsElsewhere = new TokenEnds(store.credentials(), clock.utc());
  private final RuntimeTokens tokens = tokens(ends);
  private final RuntimeTokens elsewhere = tokens(endsElsewhere);

  @Test
  void aRenewedTokenCountsForAMinuteAndItsRefreshMayBeRepeated() {
    String first = tokens.mint("default", "wkr_1", "web", "key_1").token();
    clock.jump(Duration.ofMinutes(30));
    String lost = renew();
    assertThat(tokens.verify(first).caller().workerId()).isEqualTo("wkr_1");
    String second = renew();
    clock.jump(Duration.ofSeconds(59));
    assertThat(tokens.unexpired(tokens.verify(first)).workerId()).isEqualTo("wkr_1");
    clock.jump(Duration.ofSeconds(1));
    ended(tokens, first);
    assertThat(tokens.unexpired(tokens.verify(second)).workerId()).isEqualTo("wkr_1");
    endsElsewhere.pull();
    ended(elsewhere, first);
    assertThat(elsewhere.unexpired(elsewhere.verify(second)).workerId()).isEqualTo("wkr_1");

    renew();
    ended(tokens, first);
    ended(tokens, lost);
    clock.jump(Duration.ofSeconds(60));
    ended(tokens, second);
  }

  @Test
  void tokensOfOtherWorkersGoOn() {
    String other = tokens.mint("default", "wkr_2", "web", "key_1").token();
    String there = tokens.mint("acme", "wkr_1", "web", "key_1").token();
    renew();
    clock.jump(Duration.ofMinutes(2));
    assertThat(tokens.unexpired(tokens.verify(other)).workerId()).isEqualTo("wkr_2");
    assertThat(tokens.unexpired(tokens.verify(there)).org()).isEqualTo("acme");
  }

  @Test
  void anEndIsForgottenOnceItsTokensHaveExpired() {
    renew();
    endsElsewhere.pull();
    assertThat(store.credentials().endedTokens(0, clock.now()).ended()).hasSize(1);
    clock.jump(Duration.ofHours(26));
    assertThat(store.credentials().endedTokens(0, clock.now()).ended()).isEmpty();
  }

  /** A timer drops a task that throws, and ended tokens would count here for ever. */
  @Test
  void aFailedReadIsFollowedByTheNext() {
    Credentials broken =
        (Credentials)
            Proxy.newProxyInstance(
                Credentials.class.getClassLoader(),
                new Class<?>[] {Credentials.class},
                (proxy, method, arguments) -> {
                  throw new StackOverflowError();
                });

    assertThatCode(new TokenEnds(broken, clock.utc())::tick).doesNotThrowAnyException();
  }

  private String renew() {
    clock.jump(Duration.ofMillis(1));
    return tokens.renew("default", "wkr_1", "web", "key_1").token();
  }

  private RuntimeTokens tokens(TokenEnds known) {
    SigningKeys keys =
        new SigningKeys(
            () -> "a-signing-secret-of-more-than-32-characters", List.of(), () -> "here");
    return new RuntimeTokens(keys, clock.utc(), Duration.ofHours(1), Duration.ofHours(24), known);
  }

  private static void ended(RuntimeTokens tokens, String token) {
    assertThatThrownBy(() -> tokens.verify(token))
        .isInstanceOf(ApiException.class)
        .hasMessage("Runtime token expired");
  }
}
