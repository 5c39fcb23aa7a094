package dev.sluice.backend.tck.queues;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import org.junit.jupiter.api.Test;

/** The number of live sessions in each place. */
abstract class CountCases extends Fixture {

  @Test
  void an_unknown_org_has_none() {
    assertCounts(0, 0, 0);
  }

  @Test
  void every_session_is_counted_where_it_is() {
    KitWorker silent = worker().register();
    enqueue(works("a-", 8));
    assertCounts(8, 0, 0);

    worker.take(4);
    assertCounts(4, 0, 4);
    worker.nack("a-001");
    assertCounts(4, 1, 3);
    worker.complete("a-002");
    assertCounts(4, 1, 2);
    stop("a-003");
    assertCounts(4, 1, 2);
    worker.report("a-003", SessionState.STOPPED);
    assertCounts(4, 1, 1);
    stop("a-005");
    assertCounts(3, 1, 1);

    assertThat(silent.take(2)).containsExactly("a-001", "a-006");
    assertCounts(2, 0, 3);
    silent.nack("a-001");
    assertCounts(2, 1, 2);
    passBeating(BACK_OFF, worker);
    assertCounts(3, 0, 2);
    worker.start("a-004");
    passBeating(LEASE, worker);
    assertCounts(4, 0, 1);
    silent.start("a-006");
    assertCounts(3, 0, 2);
    worker.deregister();
    assertCounts(4, 0, 1);
    silent.fail("a-006");
    assertCounts(4, 0, 0);
    assertThat(counts().waiting()).isEqualTo(4);
  }

  private void assertCounts(long ready, long returned, long claimed) {
    assertThat(counts()).isEqualTo(new Counts(ready, 0, 0, returned, claimed, 0));
  }
}
