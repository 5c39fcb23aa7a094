package dev.sluice.backend.tck.work;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class IdempotencyCases extends Fixture {

  private static final Duration KEPT = Duration.ofMillis(RULES.kept().idempotencyMs());

  // Work

  @Test
  void a_call_with_a_key_is_carried_out_like_any_other() {
    assertThat(enqueue(bearing("a"))).isEqualTo(pending("a", 1));
    assertThat(enqueue(work("b").bearing("k", 1, "body"))).isEqualTo(pending("b", 2));
    assertSession("a").isReady();
  }

  @Test
  void a_repeat_is_answered_as_the_first_call_was_and_changes_nothing() {
    enqueue(work("0"));
    enqueue(bearing("a"));
    worker.claim("0");
    worker.complete("0");
    worker.claim("a");
    worker.complete("a");

    withoutTrace(
        () ->
            assertThat(enqueue(bearing("a")))
                .isEqualTo(new Enqueued("a", false, SessionState.PENDING, 2, null, true)));
  }

  @Test
  void a_repeat_under_another_id_is_answered_with_the_first_one() {
    enqueue(bearing("a"));

    assertThat(enqueue(bearing("b"))).isEqualTo(replay("a"));

    refused(Refusal.UNKNOWN_SESSION, () -> session("b"));
  }

  @Test
  void a_repeat_of_a_duplicate_is_that_duplicate() {
    enqueue(work("a"));
    long before = seq();

    assertThat(enqueue(bearing("a"))).isEqualTo(repeated("a", SessionState.PENDING, 1));
    assertThat(seq()).as("its answer is kept").isEqualTo(before + 1);

    stop("a");
    assertThat(enqueue(bearing("a")))
        .isEqualTo(new Enqueued("a", true, SessionState.PENDING, 1, null, true));
  }

  @Test
  void a_repeat_is_answered_also_when_the_record_is_gone() {
    openWith(rules().maxEnded(1));
    enqueue(bearing("a"), work("b"));
    stop("a");
    jump(MOMENT);
    stop("b");
    sweep();
    refusal(Refusal.UNKNOWN_SESSION, () -> session("a"));

    assertThat(enqueue(bearing("a"))).isEqualTo(replay("a"));
    refusal(Refusal.UNKNOWN_SESSION, () -> session("a"));
  }

  @Test
  void the_same_key_with_another_content_is_refused() {
    enqueue(bearing("a"));

    assertRefused(
        Refusal.KEY_REUSED, work("a").bearing("k", 0, "other"), work("b").bearing("k", 1, "other"));
  }

  @Test
  void a_refused_call_keeps_nothing() {
    enqueue(work("a"));

    assertRefused(Refusal.CONFLICT, work("a").content("other").bearing("k", 0, "body"));

    assertThat(enqueue(work("b").bearing("k", 0, "another body")).replayed()).isFalse();
  }

  @Test
  void the_repeat_of_a_bulk_that_was_done_by_half_completes_it() {
    openWith(rules().maxWaiting(2));
    WorkBuilder[] bulk = {part("a", 0), part("b", 1), part("c", 2)};
    assertThat(offer(bulk))
        .extracting(Enqueued::refusal)
        .containsExactly(null, null, Refusal.QUEUE_FULL);
    stop("a");

    assertThat(enqueue(bulk))
        .containsExactly(
            replay("a"),
            new Enqueued("b", false, SessionState.PENDING, 2, null, true),
            pending("c", 2));
  }

  @Test
  void of_many_calls_at_once_one_is_carried_out() {
    List<Enqueued> all = Together.all(16, caller -> enqueue(bearing("a" + caller)));

    assertThat(all).filteredOn(result -> !result.replayed()).hasSize(1);
    assertThat(all).extracting(Enqueued::sessionId).containsOnly(all.get(0).sessionId());
    assertThat(counts().ready()).isEqualTo(1);
  }

  @Test
  void of_other_contents_at_once_under_one_key_one_gets_in() {
    List<List<Enqueued>> all =
        Together.all(
            8,
            caller ->
                offer(
                    work("a" + caller).bearing("k", 0, "body " + caller),
                    work("b" + caller).bearing("k", 1, "body " + caller)));

    assertThat(all).filteredOn(pair -> pair.get(0).refusal() == null).hasSize(1);
    assertThat(all)
        .filteredOn(pair -> pair.get(0).refusal() != null)
        .allSatisfy(pair -> assertThat(pair.get(0).refusal()).isEqualTo(Refusal.KEY_REUSED));
    assertThat(counts().ready()).isBetween(1L, 2L);
  }

  // Time

  @Test
  void an_answer_is_kept_for_its_time_and_then_counts_as_absent_at_once() {
    enqueue(bearing("a"));
    jump(KEPT.minus(MOMENT));
    assertThat(enqueue(bearing("b"))).isEqualTo(replay("a"));

    jump(MOMENT);

    assertThat(enqueue(work("b").bearing("k", 0, "another body"))).isEqualTo(pending("b", 2));
    assertThat(enqueue(work("c").bearing("k", 0, "another body")).sessionId()).isEqualTo("b");
    assertThat(enqueue(work("c").bearing("k", 1, "another body")).replayed())
        .as("a part of the call before")
        .isFalse();
  }

  @Test
  void what_was_answered_to_its_parts_goes_with_a_key() {
    enqueue(part("a", 0), part("b", 1));
    jump(KEPT);
    enqueue(part("c", 0));

    assertThat(enqueue(part("d", 1))).isEqualTo(pending("d", 4));
  }

  @Test
  void the_time_of_a_key_is_that_of_its_first_answer() {
    enqueue(part("a", 0));
    jump(KEPT.minus(MOMENT));
    enqueue(part("a", 0), part("b", 1));
    jump(MOMENT);

    assertThat(enqueue(part("c", 1)).replayed()).isFalse();
  }

  @Test
  void sweeps_forget_in_bounded_steps() {
    openWith(rules().dueStep(2));
    for (int i = 0; i < 5; i++) {
      enqueue(work("a").bearing("k" + i, 0, "body"), work("b").bearing("k" + i, 1, "body"));
    }
    jump(KEPT.minus(MOMENT));
    assertThat(sweepStep().pruned()).isZero();

    jump(MOMENT);

    assertThat(sweepStep().pruned()).isEqualTo(2);
    assertThat(sweepStep().more()).isTrue();
    assertThat(sweepStep().pruned()).isEqualTo(1);
    long before = seq();
    assertThat(sweepStep().pruned()).isZero();
    assertThat(seq()).isEqualTo(before);
  }

  @Test
  void a_key_that_is_used_again_is_kept_for_its_new_time() {
    enqueue(bearing("a"));
    jump(KEPT);
    enqueue(bearing("b"));

    assertThat(sweepStep().pruned()).isZero();

    assertThat(enqueue(bearing("c")))
        .isEqualTo(new Enqueued("b", false, SessionState.PENDING, 2, null, true));
  }

  @Test
  void orgs_have_keys_of_their_own() {
    String other = newOrg();
    enqueue(bearing("a"));

    assertThat(queue().enqueue(other, List.of(work("b").bearing("k", 0, "other").build())))
        .containsExactly(pending("b", 1));
    assertThat(queue().enqueue(other, List.of(bearing("c").build())))
        .extracting(Enqueued::refusal)
        .containsExactly(Refusal.KEY_REUSED);
  }

  // Messages

  @Test
  void a_repeated_message_is_answered_with_the_id_of_the_first_and_not_sent_again() {
    claim("a");
    SendResult first = sendBearing("a", "body");
    long number = AnswerLog.last();
    assertThat(first.replayed()).isFalse();

    withoutTrace(
        () -> {
          SendResult again = sendBearing("a", "body");
          assertThat(AnswerLog.last()).isEqualTo(number);
          assertThat(again).isEqualTo(new SendResult(first.message(), true));
        });
    assertThat(worker.read()).containsExactly(first.message());
  }

  @Test
  void a_repeated_message_is_answered_also_after_its_end() {
    openWith(rules().maxEnded(1));
    claim("a");
    SendResult first = sendBearing("a", "body");
    SendResult again = new SendResult(first.message(), true);

    worker.ack(first.message());
    assertThat(sendBearing("a", "body")).as("acknowledged").isEqualTo(again);
    worker.complete("a");
    assertThat(sendBearing("a", "body")).as("ended").isEqualTo(again);
    enqueue(work("b"));
    jump(MOMENT);
    stop("b");
    sweep();
    refusal(Refusal.UNKNOWN_SESSION, () -> session("a"));
    assertThat(sendBearing("a", "body")).as("gone").isEqualTo(again);
  }

  @Test
  void another_message_under_the_same_key_is_refused() {
    enqueue(work("a"));
    sendBearing("a", "body");

    refused(Refusal.KEY_REUSED, () -> sendBearing("a", "other"));
  }

  @Test
  void a_refused_message_keeps_nothing() {
    enqueue(work("a"), work("b"));
    stop("a");
    refused(Refusal.WRONG_STATE, () -> sendBearing("a", "body"));
    refused(Refusal.UNKNOWN_SESSION, () -> sendBearing("nowhere", "body"));

    assertThat(sendBearing("b", "other").replayed()).isFalse();
  }

  @Test
  void a_message_may_be_sent_again_when_its_key_has_expired() {
    enqueue(work("a"));
    SendResult first = sendBearing("a", "body");
    jump(KEPT);

    SendResult second = sendBearing("a", "other");

    assertThat(second.replayed()).isFalse();
    assertThat(inboxes().list(org, "a")).containsExactly(first.message(), second.message());
  }

  @Test
  void of_many_messages_at_once_one_is_sent() {
    enqueue(work("a"));

    List<SendResult> all = Together.all(16, caller -> sendBearing("a", "body"));

    assertThat(all).filteredOn(result -> !result.replayed()).hasSize(1);
    assertThat(all)
        .extracting(result -> result.message().id())
        .containsOnly(all.get(0).message().id());
    assertThat(inboxes().list(org, "a")).hasSize(1);
  }

  private SendResult sendBearing(String session, String body) {
    MessageType type = MessageType.DIRECTIVE;
    NewMessage message = new NewMessage(type, type.lane(), body, "usr-1", "An operator");
    return inboxes().send(org, session, message.bearing(new Idempotency("m", 0, body)), BY);
  }

  private static WorkBuilder bearing(String id) {
    return part(id, 0);
  }

  private static WorkBuilder part(String id, int part) {
    return work(id).bearing("k", part, "body");
  }

  private static Enqueued replay(String id) {
    return new Enqueued(id, false, SessionState.PENDING, 1, null, true);
  }
}
