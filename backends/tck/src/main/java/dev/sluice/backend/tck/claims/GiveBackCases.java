package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

abstract class GiveBackCases extends Fixture {

  @Test
  void claims_return_as_they_were_with_nothing_counted() {
    worker.register();
    enqueue(work("a").priority(2).item("{ \"a\" : 1.0, \"a\" : [] }"), work("b"));
    Session before = session("a");
    List<ClaimedWork> claims = worker.poll(2).work();
    jump(MOMENT);

    assertThat(worker.giveBack(claims.get(1), claims.get(0))).containsExactly("a", "b");

    assertSession("a").isReady().hasAttempts(0).hasNacks(0).hasPosition(1);
    Session after = session("a");
    assertThat(after.item()).isEqualTo(before.item());
    assertThat(after.priority()).isEqualTo(before.priority());
    assertThat(after.queuedAtMs()).isEqualTo(before.queuedAtMs());
    assertThat(after.updatedAtMs()).isEqualTo(clock.now());
    assertThat(after.token()).isEqualTo(claims.get(0).token());
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(counts().ready()).isEqualTo(2);
    assertThat(counts().claimed()).isZero();
    assertThat(lines("a"))
        .containsExactly(Event.Kind.ENQUEUED, Event.Kind.CLAIMED, Event.Kind.RETURNED);
    assertThat(timeline("a").get(2).workerId()).isEqualTo(worker.id());
  }

  @Test
  void they_are_kept_from_nobody() {
    ClaimedWork claim = claim("a");
    worker.giveBack(claim);
    assertThat(worker.claim("a").token()).isGreaterThan(claim.token());
    giveBack(worker, "a", session("a").token());

    assertThat(worker().register().take(5)).containsExactly("a");
  }

  @Test
  void they_keep_their_place_in_front() {
    enqueue(work("a"), work("b"));
    front("b");
    worker.giveBack(worker.claim("b"));

    assertThat(worker.take(2)).containsExactly("b", "a");
  }

  @Test
  void the_same_again_changes_nothing() {
    ClaimedWork claim = claim("a");
    assertThat(worker.giveBack(claim)).containsExactly("a");

    withoutTrace(() -> assertThat(worker.giveBack(claim)).isEmpty());
    worker.claim("a");
    withoutTrace(() -> assertThat(worker.giveBack(claim)).isEmpty());
    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void what_its_worker_has_accepted_stays() {
    ClaimedWork touched = claim("touched");
    worker.touch("touched");
    ClaimedWork running = claim("running");
    worker.start("running");
    ClaimedWork ended = claim("ended");
    worker.complete("ended");

    withoutTrace(() -> assertThat(worker.giveBack(touched, running, ended)).isEmpty());
  }

  @Test
  void other_claims_stay() {
    ClaimedWork mine = claim("mine");
    ClaimedWork another = claim(other, work("another"));

    withoutTrace(
        () -> {
          assertThat(worker.giveBack(another)).as("another's").isEmpty();
          assertThat(giveBack(worker, "mine", mine.token() - 1)).as("an older one").isEmpty();
          assertThat(giveBack(worker, "mine", mine.token() + 1)).as("a later one").isEmpty();
          assertThat(giveBack(worker, "mine", 0)).as("any").isEmpty();
          assertThat(giveBack(worker, "nowhere", mine.token())).as("unknown").isEmpty();
          assertThat(sessions().giveBack(org, worker.id(), Map.of())).isEmpty();
        });
  }

  @Test
  void those_that_still_stand_return_beside_others() {
    enqueue(work("a"), work("b"), work("c"));
    List<ClaimedWork> claims = worker.poll(3).work();
    worker.touch("b");

    assertThat(worker.giveBack(claims.toArray(ClaimedWork[]::new))).containsExactly("a", "c");
    assertSession("b").isOwnedBy(worker);
    assertThat(worker.activeSessions()).containsExactly("b");
  }

  @Test
  void what_is_being_stopped_is_left_to_its_grace() {
    ClaimedWork claim = claim("a");
    stop("a");

    withoutTrace(() -> assertThat(worker.giveBack(claim)).isEmpty());
    assertSession("a").isStoppingOn(worker);
  }

  @Test
  void it_is_no_sign_of_life() {
    ClaimedWork claim = claim("a");
    long seen = worker.record().lastSeenMs();
    jump(MOMENT);
    worker.giveBack(claim);

    assertThat(worker.record().lastSeenMs()).isEqualTo(seen);
    pass(LEASE);
    assertThat(worker.record().silent()).isTrue();
  }

  @Test
  void it_is_no_no_show() {
    sweepOnce();
    worker.register();
    enqueue(work("a"));
    for (int i = 0; i < RULES.tries().noShows() + 1; i++) {
      worker.giveBack(worker.claim("a"));
    }
    passBeating(ACCEPT, worker);

    assertThat(worker.record().noShows()).isZero();
    assertThat(worker.record().quarantinedUntilMs()).isZero();
    assertSession("a").isReady().hasAttempts(0);
  }

  @Test
  void its_worker_never_re_attaches_it() {
    worker.giveBack(claim("a"));

    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    refused(Refusal.NOT_OWNER, () -> worker.start("a"));
  }

  @Test
  void the_repeated_poll_brings_it_no_more() {
    enqueue(work("a"));
    String request = UUID.randomUUID().toString();
    PollResult polled = worker.poll(request, 1);
    worker.giveBack(polled.work().get(0));

    assertThat(worker.poll(request, 1).work()).isEmpty();
    assertThat(worker.take(1)).containsExactly("a");
  }

  @Test
  void past_its_deadline_it_is_dead() {
    ClaimedWork claim = claim(worker, work("a").deadline(clock.now() + 1));
    jump(MOMENT);

    assertThat(worker.giveBack(claim)).containsExactly("a");
    assertSession("a").isDead(DeadReason.DEADLINE);
  }

  @Test
  void its_issue_goes_on_with_its_best() {
    enqueue(work("a").issue("i").priority(3));
    ClaimedWork claim = worker.claim("a");
    enqueue(work("b").issue("i").priority(1));
    worker.giveBack(claim);

    assertSession("a").isParked();
    assertThat(worker.take(2)).containsExactly("b");
  }

  @Test
  void it_makes_room_under_the_cap() {
    cap("web", 1);
    KitWorker worker = worker().projects("web").register();
    enqueue(work("a").project("web"), work("b").project("web"));
    worker.giveBack(worker.claim("a"));

    assertThat(worker.take(5)).containsExactly("a");
  }

  @Test
  void a_retired_worker_is_deleted_with_the_last_of_them() {
    KitWorker worker = worker().on("m").register();
    ClaimedWork claim = claim(worker, work("a"));
    KitWorker later = worker().on("m").register();
    worker.giveBack(claim);

    refused(Refusal.UNKNOWN_WORKER, worker::record);
    assertThat(later.take(1)).containsExactly("a");
  }

  @Test
  void a_revoked_credential_makes_no_difference() {
    String key = "key-" + UUID.randomUUID();
    KitWorker worker = worker().registeredBy(key).register();
    ClaimedWork claim = claim(worker, work("a"));
    revoke(key);

    assertThat(worker.giveBack(claim)).containsExactly("a");
  }

  @Test
  void the_claims_of_every_dialect_return() {
    for (Dialect dialect : Dialect.values()) {
      KitWorker worker = worker().speaking(dialect).register();
      ClaimedWork claim = claim(worker, work("of " + dialect));
      assertThat(worker.giveBack(claim)).containsExactly("of " + dialect);
      stop("of " + dialect);
    }
  }

  @Test
  void damaged_work_is_passed_over() {
    String broken = "broken-" + UUID.randomUUID();
    enqueue(work("a"), work(broken), work("c"));
    List<ClaimedWork> claims = worker.poll(3).work();
    damage(broken);

    assertThat(worker.giveBack(claims.toArray(ClaimedWork[]::new))).containsExactly("a", "c");
  }

  @Test
  void of_many_at_once_one_gives_it_back() {
    ClaimedWork claim = claim("a");

    List<List<String>> answers = Together.all(8, i -> worker.giveBack(claim));

    assertThat(answers).filteredOn(answer -> !answer.isEmpty()).hasSize(1);
    assertThat(lines("a"))
        .containsExactly(Event.Kind.ENQUEUED, Event.Kind.CLAIMED, Event.Kind.RETURNED);
  }

  private List<String> giveBack(KitWorker worker, String session, long token) {
    return sessions().giveBack(org, worker.id(), Map.of(session, token));
  }
}
