package dev.sluice.backend.tck;

import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Upkeep;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.inbox.Inboxes;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.WorkQueue;
import dev.sluice.backend.workers.Workers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What opens the judged backend for each test: its rules, its clock, and an org that no other test
 * uses.
 */
public abstract class OpenBackend {

  protected static final Rules RULES = Rules.DEFAULTS;
  protected static final Duration LEASE = Duration.ofMillis(RULES.leaseMs());
  protected static final Duration ACCEPT = Duration.ofMillis(RULES.acceptMs());
  protected static final Duration GRACE = Duration.ofMillis(RULES.stopGraceMs());
  protected static final Duration VISIBILITY = Duration.ofMillis(RULES.visibilityMs());
  protected static final Duration BACK_OFF = Duration.ofMillis(RULES.nackBackoffMs());
  protected static final Duration MOMENT = Duration.ofMillis(1);

  /** Who acts by hand, where a case minds not who. */
  protected static final AuditNote BY = new AuditNote("usr-1", "a test");

  /** How the backend that is judged opens its store. */
  protected interface Opener {
    BackendUnderTest open(Rules rules, MovableClock clock);
  }

  protected final String org = newOrg();
  protected final MovableClock clock = new MovableClock();
  private Opener opener;
  private BackendUnderTest store;

  @SuppressWarnings("NullAway.Init") // both are set before each test
  protected OpenBackend() {}

  @BeforeEach
  protected void openStore(Opener opener) {
    this.opener = opener;
    store = opener.open(RULES, clock);
  }

  @AfterEach
  protected void closeStore() {
    store.close();
  }

  /** Starts over with other rules; to be called before anything else. */
  protected void openWith(RulesBuilder rules) {
    store.close();
    store = opener.open(rules.build(), clock);
  }

  protected static String newOrg() {
    return "kit-" + UUID.randomUUID();
  }

  /** Stands for the SHA-256 of a secret that no other test has. */
  protected static String newHash() {
    return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
  }

  // The contract, by subject

  protected BackendUnderTest store() {
    return store;
  }

  protected WorkQueue queue() {
    return store.backend().work();
  }

  protected Workers workers() {
    return store.backend().workers();
  }

  protected Sessions sessions() {
    return store.backend().sessions();
  }

  protected Inboxes inboxes() {
    return store.backend().inboxes();
  }

  protected Queues queues() {
    return store.backend().queues();
  }

  protected BatchLane batch() {
    return store.backend().batch();
  }

  protected Audit audit() {
    return store.backend().audit();
  }

  protected StopOrders stopOrders() {
    return store.backend().stopOrders();
  }

  protected Hints hints() {
    return store.backend().hints();
  }

  protected Upkeep upkeep() {
    return store.backend().upkeep();
  }
}
