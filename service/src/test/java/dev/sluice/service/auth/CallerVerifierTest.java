package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallerVerifierTest {

  private static final StoreTime NOON = () -> OptionalLong.of(1_764_072_000_000L);

  @Test
  void aLegacyKeyThatWouldBeTakenForAnotherCredentialIsRefusedAtStart() {
    for (String key : List.of("rsk_live_shared", "rsp_shared", "three.dotted.segments")) {
      assertThatThrownBy(() -> verifier(key))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("credentials.legacyKey")
          .hasMessageNotContaining(key);
    }
  }

  @Test
  void anyOtherLegacyKeyCounts() {
    assertThat(verifier("shared").identify("shared").caller().mode())
        .isEqualTo(Caller.Mode.LEGACY_KEY);
  }

  private static CallerVerifier verifier(String legacyKey) {
    return verifier(new MemoryBackend(Rules.DEFAULTS, NOON), legacyKey);
  }

  static CallerVerifier verifier(QueueBackend backend, String legacyKey) {
    return new CallerVerifier(
        new KeyLookups(backend.credentials(), () -> false, System::nanoTime),
        new KeyUses(backend.credentials(), Clock.systemUTC()),
        new RuntimeTokens(
            new SigningKeys(
                () -> "a-signing-secret-of-more-than-32-characters", List.of(), () -> "here"),
            Clock.systemUTC(),
            Duration.ofHours(1),
            Duration.ofHours(24),
            new TokenEnds(backend.credentials(), Clock.systemUTC())),
        new WorkerStandings(backend.workers(), Clock.systemUTC()),
        Stream.ofNullable(legacyKey).toList());
  }
}
