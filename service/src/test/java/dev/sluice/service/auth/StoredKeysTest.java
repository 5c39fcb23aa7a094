package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredKeysTest {

  private final MovableClock clock = new MovableClock();
  private final QueueBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);

  @Test
  void anExpiredKeyOfAClosedOrgIsRevokedOnceItOpens() {
    expired("closed");
    expired("open");
    NewClosure closure = new NewClosure("c", Closure.Purpose.MOVE, "", 0, null, "");
    backend.transfers().close("closed", closure, null);

    keys().revokeExpired();

    assertThat(backend.credentials().keys("open")).isEmpty();
    assertThat(backend.credentials().keys("closed")).hasSize(1);
    backend.transfers().open("closed", "c", null);
    keys().revokeExpired();
    assertThat(backend.credentials().keys("closed")).isEmpty();
  }

  private StoredKeys keys() {
    Clock now = Clock.fixed(Instant.ofEpochMilli(clock.now()), ZoneOffset.UTC);
    return new StoredKeys(
        backend.audit(), backend.credentials(), CallerVerifierTest.verifier(backend, "k"), now);
  }

  private void expired(String org) {
    Key key =
        new Key("k-" + org, org, Key.Type.USER, "k", Set.of(), List.of(), 1, clock.now() - 1, null);
    assertThat(backend.credentials().addKey("hash of " + org, key)).isTrue();
  }
}
