package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.service.auth.secrets.SignedTokens;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.errors.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** Tokens of a server that an org moved from. */
class MovedTokensTest {

  private static final String OLD = "the-secret-of-the-old-server-0123456789";
  private static final String NEW = "the-secret-of-the-new-server-0123456789";

  private final SigningKeys before = new SigningKeys(() -> OLD, List.of(), () -> "old");

  @Test
  void workersOfAPreviousSecretGoOn() {
    String token = tokens(before).mint("acme", "wkr_1", "p", "key_1").token();

    RuntimeTokens now = tokens(new SigningKeys(() -> NEW, List.of(OLD), () -> "new"));
    Caller caller = now.unexpired(now.verify(token));

    assertThat(caller.org()).isEqualTo("acme");
    assertThat(caller.workerId()).isEqualTo("wkr_1");
  }

  @Test
  void anInstallationThatHappensToHaveTheSameSecretRefusesThem() {
    String token = tokens(before).mint("acme", "wkr_1", "p", "key_1").token();
    RuntimeTokens other = tokens(new SigningKeys(() -> OLD, List.of(), () -> "new"));

    assertThatThrownBy(() -> other.verify(token)).isInstanceOf(ApiException.class);
  }

  @Test
  void loginsDoNotMove() {
    long now = System.currentTimeMillis();
    String cookie = new SignedTokens(before, "t", "a", false).sign(new JwtClaims(), now);
    SignedTokens here =
        new SignedTokens(new SigningKeys(() -> NEW, List.of(OLD), () -> "new"), "t", "a", false);

    assertThatThrownBy(() -> here.verify(cookie, now)).isInstanceOf(ApiException.class);
  }

  private static RuntimeTokens tokens(SigningKeys keys) {
    MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE);
    return new RuntimeTokens(
        keys,
        Clock.systemUTC(),
        Duration.ofHours(1),
        Duration.ofHours(24),
        new TokenEnds(backend.credentials(), Clock.systemUTC()));
  }
}
