package dev.sluice.backend.tck.work;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Coming back" and "The end of a session". */
abstract class DeadLetterCases extends Fixture {

  @Test
  void a_session_dies_when_its_claim_was_lost_for_the_fifth_time() {
    worker.register();
    enqueue(work("a"));
    for (int lost = 1; lost <= 4; lost++) {
      worker.claim("a");
      pass(LEASE);
      assertSession("a").isReady().hasAttempts(lost);
    }
    worker.claim("a");
    pass(LEASE);

    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS).hasAttempts(5).hasNacks(0);
    assertThat(worker.take(5)).isEmpty();
    assertCounts(0, 0, 0, 0, 0, 1);
  }

  @Test
  void missed_accepts_count_as_lost_claims() {
    openWith(rules().maxAttempts(2).noShows(10));
    claim("a");
    pass(LEASE);
    worker.claim("a");
    passBeating(ACCEPT, worker);

    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS).hasAttempts(2);
  }

  @Test
  void a_reattached_claim_still_counts_as_a_lost_one() {
    openWith(rules().maxAttempts(2));
    claim("a");
    pass(LEASE);
    worker.start("a");

    pass(LEASE);

    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS);
  }

  @Test
  void a_session_dies_at_the_nack_of_its_twentieth_worker() {
    List<KitWorker> workers = fleet(20);
    enqueue(work("a"));
    for (int nacks = 1; nacks <= 19; nacks++) {
      workers.get(nacks).claim("a");
      assertThat(workers.get(nacks).nack("a")).isTrue();
      assertSession("a").isReturned().hasNacks(nacks);
    }
    workers.get(0).claim("a");

    assertThat(workers.get(0).nack("a")).isTrue();

    assertSession("a").isDead(DeadReason.MAX_NACKS).hasNacks(20).hasAttempts(0);
    assertThat(session("a").nackedBy()).isNull();
    assertThat(session("a").returnUntilMs()).isZero();
    assertCounts(0, 0, 0, 0, 0, 1);
    pass(BACK_OFF);
    assertSession("a").isDead(DeadReason.MAX_NACKS);
  }

  @Test
  void a_nack_that_killed_is_not_repeated() {
    openWith(rules().maxNacks(1));
    claim("a");
    worker.nack("a");

    refusedAsOwnedBy(null, () -> worker.nack("a"));
  }

  @Test
  void lost_claims_and_nacks_are_counted_apart() {
    openWith(rules().maxAttempts(2).maxNacks(2));
    claim("a");
    worker.nack("a");
    other.claim("a");
    pass(LEASE);

    assertSession("a").isReady().hasAttempts(1).hasNacks(1);
  }

  @Test
  void what_takes_nothing_from_its_tries_never_kills() {
    openWith(rules().maxAttempts(1).maxNacks(1));
    for (int n = 0; n < 3; n++) {
      KitWorker worker = worker().register();
      enqueue(work("a"));
      worker.claim("a");
      requeue("a");
      worker.claim("a");
      worker.deregister();
    }

    assertSession("a").isReady().hasAttempts(0).hasNacks(0);
  }

  @Test
  void of_two_reasons_the_tries_go_before_the_deadline() {
    openWith(rules().maxAttempts(1).maxNacks(1));
    enqueue(work("a").deadline(clock.now() + 1), work("b").deadline(clock.now() + 1));
    worker.claim("a");
    other.claim("b");
    jump(MOMENT);

    other.nack("b");
    passBeating(LEASE, other);

    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS);
    assertSession("b").isDead(DeadReason.MAX_NACKS);
  }

  @Test
  void a_death_is_an_end_with_all_its_effects() {
    openWith(rules().maxAttempts(1));
    KitWorker worker = worker().capacity(1).register();
    cap("web", 1);
    enqueue(
        work("a").issue("i").project("web"),
        work("b").issue("i").project("web"),
        work("c").project("web"));
    long token = worker.claim("a").token();
    worker.report("a", SessionState.RUNNING, Map.of("note", "\"kept\""));
    send("a", MessageType.DIRECTIVE, "unread");
    pass(LEASE.minus(MOMENT));
    pass(MOMENT);

    Session dead = session("a");
    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS);
    assertThat(dead.endedAtMs()).isEqualTo(clock.now());
    assertThat(dead.updatedAtMs()).isEqualTo(clock.now());
    assertThat(dead.token()).isEqualTo(token);
    assertThat(dead.fields()).containsEntry("note", "\"kept\"");
    assertSession("b").isReady();
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(queueOf("web").counts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 1));
    assertThat(inbox("a")).extracting(message -> message.payload()).containsExactly("unread");
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void a_dead_session_has_no_owner() {
    openWith(rules().maxAttempts(1));
    other.register();
    claim("a");
    pass(LEASE);

    refusedAsOwnedBy(null, () -> worker.start("a"));
    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    refused(Refusal.NOT_OWNER, () -> worker.refresh("a"));
    refused(Refusal.NOT_OWNER, () -> worker.tell("a", "note", "hello"));
    refused(Refusal.NOT_OWNER, () -> worker.nack("a"));
    refused(Refusal.WRONG_STATE, () -> other.takeOver("a", worker));
    assertThat(worker.claimByName("a").denial()).isEqualTo(ClaimDenial.ENDED);
    assertThat(refusedLate("a", () -> worker.complete("a")).owner()).isNull();
    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS);
  }

  @Test
  void a_dead_session_takes_no_messages_and_no_new_order() {
    killByDeadline("a");

    refused(Refusal.WRONG_STATE, () -> send("a", MessageType.NUDGE, "hello"));
    refused(Refusal.WRONG_STATE, () -> reprioritise("a", 1));
    refused(Refusal.WRONG_STATE, () -> front("a"));
  }

  @Test
  void the_same_content_again_answers_that_it_failed_and_other_is_a_conflict() {
    killByDeadline("a");

    withoutTrace(
        () -> {
          assertThat(offer(work("a")).get(0).duplicate()).isTrue();
          assertThat(offer(work("a")).get(0).state()).isEqualTo(SessionState.FAILED);
          assertRefused(Refusal.CONFLICT, work("a").content("other"));
        });
    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void a_set_of_capabilities_counts_as_long_as_dead_work_requires_it() {
    enqueue(works("set-", 64, item -> item.needs("can-" + item.id())));
    stop("set-001");
    enqueue(work("a").needs("gpu").deadline(clock.now() + 1_000));
    sweepAfter(Duration.ofMillis(1_000));
    assertSession("a").isDead(DeadReason.DEADLINE);

    assertRefused(Refusal.TOO_MANY_CAPABILITY_SETS, work("b").needs("another"));
    enqueue(work("c").needs("gpu"));
    requeue("a");
    stop("a");
    stop("c");
    enqueue(work("b").needs("another"));
  }

  @Test
  void a_discarded_one_has_ended_and_stays_what_it_was() {
    killByDeadline("a");
    Session dead = session("a");
    jump(MOMENT);

    StopResult result = stop("a");

    assertThat(result).isEqualTo(new StopResult(session("a"), null));
    assertSession("a").isFailed().hasNoOwner();
    assertThat(session("a").dead()).isEqualTo(DeadReason.DEADLINE);
    assertThat(session("a").endedAtMs()).isEqualTo(clock.now());
    assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
    assertThat(session("a").createdAtMs()).isEqualTo(dead.createdAtMs());
    assertThat(session("a").attempts()).isEqualTo(dead.attempts());
    assertCounts(0, 0, 0, 0, 0, 0);
    audited(() -> stop("a"));
  }

  @Test
  void a_discarded_one_may_be_requeued_like_any_ended_one() {
    killByDeadline("a");
    stop("a");

    requeue("a");

    assertSession("a").isReady();
    assertThat(session("a").dead()).isNull();
  }

  @Test
  void a_requeued_one_starts_with_fresh_counts() {
    openWith(rules().maxAttempts(2).maxNacks(2));
    claim("a");
    worker.nack("a");
    other.claim("a");
    passBeating(LEASE, worker);
    other.claim("a");
    passBeating(LEASE, worker);
    assertSession("a").isDead(DeadReason.MAX_ATTEMPTS).hasAttempts(2).hasNacks(1);

    Session requeued = requeue("a");

    assertThat(requeued).isEqualTo(session("a"));
    assertSession("a").isReady().hasAttempts(0).hasNacks(0).hasPosition(1);
    assertCounts(1, 0, 0, 0, 0, 0);
    other.claim("a");
    passBeating(LEASE, worker);
    assertSession("a").isReady().hasAttempts(1);
    worker.claim("a");
    worker.nack("a");
    assertSession("a").isReturned().hasNacks(1);
  }

  @Test
  void a_claim_that_killed_never_comes_back_after_a_requeue() {
    openWith(rules().maxAttempts(1));
    claim("a");
    pass(LEASE);
    requeue("a");

    refused(Refusal.NOT_OWNER, () -> worker.start("a"));
    assertSession("a").isReady();
  }

  @Test
  void a_death_and_what_follows_stand_on_the_timeline() {
    openWith(rules().maxAttempts(1));
    claim("a");
    pass(LEASE);
    requeue("a");
    stop("a");

    assertThat(lines("a"))
        .containsExactly(
            Event.Kind.ENQUEUED,
            Event.Kind.CLAIMED,
            Event.Kind.LEASE_LOST,
            Event.Kind.DEAD,
            Event.Kind.REQUEUED,
            Event.Kind.ENDED);
    Event dead = timeline("a").get(3);
    assertThat(dead.workerId()).isEqualTo(worker.id());
    assertThat(dead.detail()).isEqualTo(DeadReason.MAX_ATTEMPTS.wire());
    killByDeadline("b");
    Event deadWaiting = timeline("b").get(1);
    assertThat(deadWaiting.kind()).isEqualTo(Event.Kind.DEAD);
    assertThat(deadWaiting.workerId()).isNull();
    assertThat(deadWaiting.detail()).isEqualTo(DeadReason.DEADLINE.wire());
  }

  @Test
  void an_item_that_is_missing_kills_its_session_and_the_poll_goes_on() {
    enqueue(work("a").issue("i").priority(1), work("b").issue("i").priority(2), work("c"));
    store().loseItem(org, "a");

    assertThat(worker.take(5)).contains("c").doesNotContain("a");
    worker.take(5); // at the latest brings what the death let go
    assertThat(worker.activeSessions()).containsExactly("b", "c");

    assertSession("a").isDead(DeadReason.ITEM_MISSING).hasAttempts(0);
    assertCounts(0, 0, 0, 0, 2, 1);
  }

  @Test
  void an_item_that_is_missing_when_a_poll_is_repeated_kills_its_session() {
    enqueue(work("a"), work("b"));
    worker.poll("r-1", 2);
    store().loseItem(org, "a");

    assertThat(worker.poll("r-1", 2).work())
        .extracting(claimed -> claimed.sessionId())
        .containsExactly("b");

    assertSession("a").isDead(DeadReason.ITEM_MISSING);
    assertThat(worker.activeSessions()).containsExactly("b");
  }

  private void killByDeadline(String id) {
    enqueue(work(id).deadline(clock.now() + 1_000));
    sweepAfter(Duration.ofMillis(1_000));
    assertSession(id).isDead(DeadReason.DEADLINE);
  }
}
