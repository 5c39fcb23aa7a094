package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.errors.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revocations and deregistrations count within 5 s on other nodes, at once on this one. */
class WorkerStandingsTest {

  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final WorkerRef WORKER = new WorkerRef("org", "wkr_1", null);

  private static final Caller CALLER =
      new Caller(Caller.Mode.RUNTIME_TOKEN, "org", "wkr_1", "key_1", Set.of(), Projects.ALL);

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
  private final WorkerStandings standings = new WorkerStandings(backend.workers(), clock.utc());

  @BeforeEach
  void register() {
    Set<Scope> scopes = Set.of(Scope.WORKER_REGISTER);
    backend
        .credentials()
        .addKey(
            "hash", new Key("key_1", "org", Key.Type.WORKER_REGISTRATION, "", scopes, List.of()));
    backend
        .workers()
        .register(
            "org",
            new Registration(
                "wkr_1",
                "key_1",
                Dialect.STANDARD,
                "h",
                1,
                Projects.of(List.of("a")),
                List.of(),
                false,
                "{}"));
  }

  @Test
  void aCallerHasTheProjectsOfItsRegistration() {
    assertThat(standings.require(CALLER).projects().names()).containsExactly("a");
    assertThat(standings.registeredBy("org", "wkr_1", "key_1")).isTrue();
    assertThat(standings.registeredBy("org", "wkr_1", "key_2")).isFalse();
  }

  @Test
  void anotherNodesRevocationCountsAfterFiveSeconds() {
    standings.require(CALLER);
    backend.credentials().revoke("org", "key_1");
    clock.jump(MAX_AGE);
    refused();
  }

  @Test
  void anotherNodesDeregistrationCountsAfterFiveSeconds() {
    standings.require(CALLER);
    backend.workers().deregister(WORKER, null);
    clock.jump(MAX_AGE);
    refused();
    assertThat(standings.registeredBy("org", "wkr_1", "key_1")).isFalse();
  }

  @Test
  void thisNodesCountAtOnce() {
    standings.require(CALLER);
    backend.workers().deregister(WORKER, null);
    standings.forget("org", "wkr_1");
    refused();
  }

  @Test
  void thisNodesRevocationCountsAtOnce() {
    standings.require(CALLER);
    backend.credentials().revoke("org", "key_1");
    standings.forgetAll();
    refused();
  }

  @Test
  void aWorkerThatPollsIsNotLookedUp() {
    standings.require(CALLER);
    backend.workers().deregister(WORKER, null); // known only to those who look
    for (int polls = 0; polls < 3; polls++) {
      clock.jump(MAX_AGE.minusMillis(1));
      standings.seen(WORKER);
      standings.require(CALLER);
    }
  }

  @Test
  void aWorkerThatIsGoneIsNotSeenAgain() {
    backend.workers().deregister(WORKER, null);
    refused();
    standings.seen(WORKER);
    refused();
  }

  private void refused() {
    assertThatThrownBy(() -> standings.require(CALLER))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }
}
