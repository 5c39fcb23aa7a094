package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Transfer", by a caller that speaks for the new worker alone. */
abstract class TakeOverCases extends Fixture {

  @Test
  void a_worker_takes_nothing_from_one_that_works() {
    KitWorker old = worker().register();
    KitWorker thief = worker().register();
    claim(old, work("a"));
    old.start("a");

    refusedAsOwnedBy(old, () -> takeOver("a", old, thief));

    assertSession("a").isRunningOn(old);
  }

  @Test
  void nor_what_that_one_missed_to_accept_and_may_still_run() {
    KitWorker old = worker().register();
    KitWorker thief = worker().register();
    claim(old, work("a"));
    passBeating(ACCEPT, old, thief);
    assertSession("a").isReady();

    refused(Refusal.NOT_OWNER, () -> takeOver("a", old, thief));

    old.start("a");
    assertSession("a").isRunningOn(old);
  }

  @Test
  void a_worker_takes_over_from_one_that_it_retired() {
    KitWorker old = worker().on("m").register();
    claim(old, work("a"));
    KitWorker successor = worker().on("m").register();

    takeOver("a", old, successor);

    assertSession("a").isClaimedBy(successor);
  }

  @Test
  void a_worker_takes_over_from_one_that_is_silent_past_its_lease() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    passBeating(LEASE, successor);

    takeOver("a", old, successor);

    assertSession("a").isClaimedBy(successor);
  }

  private Session takeOver(String id, KitWorker old, KitWorker successor) {
    return sessions().transfer(org, id, old.id(), successor.ref(), false).value();
  }
}
