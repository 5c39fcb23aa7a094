package dev.sluice.backend.tck;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens the backend on the test's own clock, with an org of its own. */
public abstract class OpenBackend extends Assertions {

  protected static final Rules RULES = Rules.DEFAULTS;
  protected static final Duration LEASE = Duration.ofMillis(RULES.leaseMs());
  protected static final Duration ACCEPT = Duration.ofMillis(RULES.acceptMs());
  protected static final Duration GRACE = Duration.ofMillis(RULES.stopGraceMs());
  protected static final Duration VISIBILITY = Duration.ofMillis(RULES.visibilityMs());
  protected static final Duration BACK_OFF = Duration.ofMillis(RULES.nackBackoffMs());
  protected static final Duration MOMENT = Duration.ofMillis(1);

  protected static final AuditNote BY = new AuditNote("usr-1", "a test");

  public interface Opener {
    BackendUnderTest open(Rules rules, MovableClock clock);
  }

  protected final String org = newOrg();
  protected final MovableClock clock = new MovableClock();
  private Opener opener;
  private Rules rules = RULES;
  private @Nullable BackendUnderTest store;

  @SuppressWarnings("NullAway.Init") // set before each test
  protected OpenBackend() {}

  @BeforeEach
  protected void openBy(Opener opener) {
    this.opener = opener;
  }

  @AfterEach
  protected void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  /** Must be the first call of a test. */
  protected void openWith(RulesBuilder other) {
    assertThat(store).as("a store that is open already").isNull();
    rules = other.build();
  }

  protected Rules rulesOfStore() {
    return rules;
  }

  protected static String newOrg() {
    return "kit-" + UUID.randomUUID();
  }

  /** Stands for the SHA-256 of a new secret. */
  protected static String newHash() {
    return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
  }

  // The contract, by subject

  protected synchronized BackendUnderTest store() {
    if (store == null) {
      store = opener.open(rules, clock);
    }
    return store;
  }

  protected QueueBackend backend() {
    return store().backend();
  }

  protected WorkQueue queue() {
    return backend().work();
  }

  protected Workers workers() {
    return backend().workers();
  }

  protected Sessions sessions() {
    return backend().sessions();
  }

  protected Inboxes inboxes() {
    return backend().inboxes();
  }

  protected Queues queues() {
    return backend().queues();
  }

  protected BatchLane batch() {
    return backend().batch();
  }

  protected Audit audit() {
    return backend().audit();
  }

  protected EventLog events() {
    return backend().events();
  }

  protected Credentials credentials() {
    return backend().credentials();
  }

  protected StopOrders stopOrders() {
    return backend().stopOrders();
  }

  protected Findings findings() {
    return backend().findings();
  }

  protected Hints hints() {
    return backend().hints();
  }

  protected Upkeep upkeep() {
    return backend().upkeep();
  }

  protected Transfers transfers() {
    return backend().transfers();
  }
}
