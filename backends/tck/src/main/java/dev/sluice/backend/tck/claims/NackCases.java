package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.PollResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class NackCases extends Fixture {

  @Test
  void nacked_work_returns_as_it_was() {
    worker.register();
    enqueue(work("a").priority(2).item("{ \"a\" : 1.0, \"a\" : [] }"));
    Session before = session("a");
    long token = worker.claim("a").token();
    jump(MOMENT);

    assertThat(worker.nack("a")).isTrue();

    assertSession("a").isReturned().hasNacks(1).hasAttempts(0).hasPosition(1);
    Session after = session("a");
    assertThat(after.item()).isEqualTo(before.item());
    assertThat(after.priority()).isEqualTo(before.priority());
    assertThat(after.queuedAtMs()).isEqualTo(before.queuedAtMs());
    assertThat(after.updatedAtMs()).isEqualTo(clock.now());
    assertThat(after.token()).isEqualTo(token);
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(counts().returned()).isEqualTo(1);
    assertThat(counts().claimed()).isZero();
  }

  @Test
  void its_reason_is_kept_until_the_next_claim() {
    other.register();
    claim("a");

    worker.nack(
        "a",
        "clone of \"repo\" \\ failed:\n\tno\u0000space \u001f\u001d\u007f left \u00e9\ud83d\ude00");

    String kept = "clone of \"repo\" \\ failed:  no space     left \u00e9\ud83d\ude00";
    assertThat(nackDetail("a")).isEqualTo(kept);
    assertThat(session("a").fields())
        .containsOnly(
            entry(
                "error",
                "\"clone of \\\"repo\\\" \\\\ failed:\\n no space     left \u00e9\ud83d\ude00\""));
    other.claim("a");
    assertThat(session("a").fields()).isEmpty();
    other.nack("a");
    assertThat(nackDetail("a")).isNull();
    assertThat(session("a").fields()).isEmpty();
  }

  @Test
  void a_long_reason_is_cut() {
    claim("a");

    worker.nack("a", "\ud83d\ude00".repeat(NackReason.MAX + 1));

    assertThat(nackDetail("a")).isEqualTo("\ud83d\ude00".repeat(NackReason.MAX));
  }

  @Test
  void a_dead_letter_has_the_reason_of_its_last_nack() {
    openWith(rules().maxNacks(2));
    claim("a");
    worker.nack("a", "first");
    other.claim("a");

    other.nack("a", "no space left on device");

    assertSession("a").isDead(DeadReason.MAX_NACKS);
    assertThat(session("a").fields()).containsOnly(entry("error", "\"no space left on device\""));
    assertThat(timeline("a").stream().map(Event::detail))
        .contains("first", "no space left on device");
    requeue("a");
    assertThat(session("a").fields()).isEmpty();
  }

  private @Nullable String nackDetail(String id) {
    List<Event> nacks =
        timeline(id).stream().filter(line -> line.kind() == Event.Kind.NACKED).toList();
    return nacks.get(nacks.size() - 1).detail();
  }

  @Test
  void another_worker_gets_it_at_once_in_its_old_place() {
    enqueue(work("a").item("{ \"a\" : 1.0, \"a\" : [] }"), work("b"));
    String item = worker.claim("a").item();
    worker.nack("a");

    assertThat(other.claim("a").item()).isEqualTo(item);
    assertThat(other.take(5)).containsExactly("b");
  }

  @Test
  void the_same_worker_gets_it_when_the_back_off_is_over() {
    enqueue(work("a"));
    worker.claim("a");
    worker.nack("a");

    assertThat(worker.take(5)).isEmpty();
    jump(BACK_OFF.minus(MOMENT));
    assertThat(worker.take(5)).isEmpty();
    jump(MOMENT);
    assertThat(worker.take(5)).as("a poll handles what is due").containsExactly("a");
  }

  @Test
  void a_sweep_ends_back_offs_too() {
    claim("a");
    worker.nack("a");

    sweepAfter(BACK_OFF.minus(MOMENT));
    assertSession("a").isReturned();
    jump(MOMENT);
    assertThat(sweep().due()).isPositive();

    assertSession("a").isReady().hasNacks(1).hasPosition(1);
    assertThat(counts().ready()).isEqualTo(1);
    assertThat(counts().returned()).isZero();
  }

  @Test
  void ones_own_nacked_work_hides_nothing_behind_it() {
    enqueue(works("a-", 8));
    assertThat(worker.take(5)).hasSize(5);
    for (int n = 1; n <= 5; n++) {
      worker.nack("a-00" + n);
    }

    assertThat(worker.take(5)).containsExactly("a-006", "a-007", "a-008");
  }

  @Test
  void a_poll_for_one_finds_the_best_behind_ones_own_among_all_returned() {
    KitWorker one = worker().projects("web", "app").register();
    enqueue(work("b").project("app").priority(3), work("c").project("web").priority(2));
    assertThat(worker.take(2)).containsExactly("c", "b");
    worker.nack("b");
    worker.nack("c");
    enqueue(work("a").project("web").priority(1));
    one.claim("a");
    one.nack("a");

    assertThat(one.take(1)).containsExactly("c");
  }

  @Test
  void a_poll_for_one_of_any_project_does_too() {
    enqueue(work("b").project("app").priority(3), work("c").project("web").priority(2));
    assertThat(other.take(2)).containsExactly("c", "b");
    other.nack("b");
    other.nack("c");
    enqueue(work("a").project("web").priority(1));
    worker.claim("a");
    worker.nack("a");

    assertThat(worker.take(1)).containsExactly("c");
  }

  @Test
  void every_worker_passes_over_its_own_nacked_work_only() {
    enqueue(work("a"), work("b"), work("c"));
    assertThat(worker.take(1)).containsExactly("a");
    assertThat(other.take(1)).containsExactly("b");
    worker.nack("a");
    other.nack("b");

    assertThat(worker.take(1)).containsExactly("b");
    assertThat(other.take(2)).containsExactly("a", "c");
  }

  @Test
  void the_end_of_an_earlier_back_off_is_none_of_a_later_one() {
    other.register();
    claim("a");
    worker.nack("a");
    jump(BACK_OFF.dividedBy(2));
    other.claim("a");
    other.nack("a");

    jump(BACK_OFF.dividedBy(2));
    assertThat(other.take(5)).isEmpty();
    sweep();
    assertSession("a").isReturned();
    jump(BACK_OFF.dividedBy(2));
    assertThat(other.take(5)).containsExactly("a");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"RUNNING", "FINALIZING", "COMPLETED", "FAILED", "STOPPED"})
  void what_runs_or_has_ended_is_not_given_back(SessionState state) {
    claim("a");
    worker.report("a", state);

    refused(Refusal.WRONG_STATE, () -> worker.nack("a"));
  }

  @Test
  void what_is_being_stopped_is_not_given_back() {
    claim("a");
    stop("a");

    refused(Refusal.WRONG_STATE, () -> worker.nack("a"));
  }

  @Test
  void a_claim_accepted_but_not_running_may_be_nacked() {
    claim("a");
    worker.ack(send("a", MessageType.NUDGE, "are you there?"));

    assertThat(worker.nack("a")).isTrue();
  }

  @Test
  void returned_work_may_be_stopped() {
    claim("a");
    worker.nack("a");

    stop("a");

    assertSession("a").isStopped().hasNoOwner();
    assertThat(counts().returned()).isZero();
    refused(Refusal.NOT_OWNER, () -> worker.nack("a"));
    pass(BACK_OFF);
    assertThat(worker.take(5)).isEmpty();
    assertSession("a").isStopped();
  }

  @Test
  void a_worker_with_64_standing_nacks_gets_messages_only() {
    KitWorker worker = worker().capacity(100).register();
    claimKept(worker);
    enqueue(works("a-", 70));
    nackAll(worker, 63);
    assertThat(worker.take(1)).containsExactly("a-064");
    worker.nack("a-064");
    Message message = send("kept", MessageType.NUDGE, "are you there?");

    PollResult result = worker.poll(5);

    assertThat(result.work()).isEmpty();
    assertThat(result.messages()).containsExactly(message);
    jump(BACK_OFF);
    assertThat(worker.take(5)).as("nothing stands any more").hasSize(5);
  }

  @Test
  void a_nack_stands_no_longer_once_another_worker_took_the_work() {
    KitWorker worker = worker().capacity(100).register();
    claimKept(worker);
    enqueue(works("a-", 70));
    nackAll(worker, 64);
    assertThat(worker.take(5)).isEmpty();

    other.claim("a-001");

    assertThat(worker.take(5)).hasSize(5);
  }

  private void claimKept(KitWorker worker) {
    enqueue(work("kept").priority(1));
    worker.claim("kept");
  }

  /** Accepts something in between, so that it isn't quarantined. */
  private static void nackAll(KitWorker worker, int count) {
    for (int nacked = 0; nacked < count; ) {
      for (String id : worker.take(Math.min(5, count - nacked))) {
        assertThat(worker.nack(id)).isTrue();
        nacked++;
      }
      worker.touch("kept");
    }
  }

  // A claim that was nacked before

  @Test
  void a_repeated_nack_answers_that_it_was_done() {
    claim("a");
    worker.nack("a");
    Session returned = session("a");

    assertThat(worker.nack("a")).isFalse();
    assertThat(session("a")).isEqualTo(returned);
    pass(BACK_OFF);
    assertThat(worker.nack("a")).as("while it still waits").isFalse();
    assertSession("a").isReady().hasNacks(1);
  }

  @Test
  void a_nack_is_forgotten_with_the_next_claim() {
    claim("a");
    worker.nack("a");
    worker().register().claim("a");
    passBeating(LEASE, worker);
    assertSession("a").isReady();

    refusedAsOwnedBy(null, () -> worker.nack("a"));
  }

  @Test
  void a_nack_is_repeated_by_a_caller_that_may_act_for_the_worker_only() {
    KitWorker worker = worker().registeredBy("key-1").register();
    claim(worker, work("a"));
    worker.nack("a");

    refused(Refusal.NOT_OWNER, () -> worker.by("key-2").nack("a"));
    assertThat(worker.by("key-1").nack("a")).isFalse();
  }

  @Test
  void a_repeated_nack_at_once_counts_once() {
    claim("a");

    List<Boolean> answers = Together.all(16, caller -> worker.nack("a"));

    assertThat(answers).filteredOn(answer -> answer).hasSize(1);
    assertSession("a").isReturned().hasNacks(1);
    assertThat(counts().returned()).isEqualTo(1);
  }

  @Test
  void a_nack_after_another_worker_claimed_it_is_refused() {
    claim("a");
    worker.nack("a");
    other.claim("a");

    refusedAsOwnedBy(other, () -> worker.nack("a"));
  }

  @Test
  void each_claim_may_be_nacked_and_is_counted() {
    claim("a");
    worker.nack("a");
    other.claim("a");
    other.nack("a");

    assertSession("a").isReturned().hasNacks(2).hasAttempts(0);
    assertThat(other.take(5)).isEmpty();
    assertThat(worker.take(5)).as("each nack keeps it away").isEmpty();
  }
}
