package dev.sluice.backend.tck;

import dev.sluice.backend.Inboxes;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.WorkQueue;
import dev.sluice.backend.Workers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An open backend, an org that no other test uses, and a clock. */
abstract class Fixture {

  /** How the backend that is judged opens its store. */
  interface Opener {
    BackendUnderTest open(Rules rules, MovableClock clock);
  }

  private final Opener opener;

  /** The org of the test. */
  final String org = newOrg();

  final MovableClock clock = new MovableClock();
  private BackendUnderTest store;

  @SuppressWarnings("NullAway.Init") // opened before each test
  Fixture(Opener opener) {
    this.opener = opener;
  }

  @BeforeEach
  void openStore() {
    store = opener.open(rules(), clock);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** The rules of these cases. */
  Rules rules() {
    return Rules.DEFAULTS;
  }

  static String newOrg() {
    return "kit-" + UUID.randomUUID();
  }

  BackendUnderTest store() {
    return store;
  }

  WorkQueue queue() {
    return store.backend().work();
  }

  Workers workers() {
    return store.backend().workers();
  }

  Sessions sessions() {
    return store.backend().sessions();
  }

  Inboxes inboxes() {
    return store.backend().inboxes();
  }

  SweepResult sweep() {
    return store.backend().upkeep().sweep();
  }

  /** Time passes as in service: in small steps, with a sweep at each. */
  void pass(Duration time) {
    long left = time.toMillis();
    long step = rules().leaseMs() / 12;
    sweep();
    while (left > 0) {
      clock.jump(Duration.ofMillis(Math.min(step, left)));
      left -= step;
      sweep();
    }
  }

  /** Time passes without a sweep: an outage. */
  void jump(Duration time) {
    clock.jump(time);
  }
}
