package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.workers.ClaimedWork;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Who owns a session". */
abstract class OwnershipCases extends Fixture {

  enum Call {
    RUNNING,
    COMPLETED,
    TOUCH,
    REFRESH,
    ACTIVITY,
    NACK,
    ACK;

    ThrowingCallable of(KitWorker worker, String sessionId) {
      return switch (this) {
        case RUNNING -> () -> worker.start(sessionId);
        case COMPLETED -> () -> worker.complete(sessionId);
        case TOUCH -> () -> worker.touch(sessionId);
        case REFRESH -> () -> worker.refresh(sessionId);
        case ACTIVITY -> () -> worker.tell(sessionId, "note", "hello");
        case NACK -> () -> worker.nack(sessionId);
        case ACK ->
            () ->
                worker.ack(
                    new Message(
                        "1-1", sessionId, MessageType.NUDGE, Lane.NORMAL, "", null, null, 1));
      };
    }
  }

  /** Asserts the refusal of a registered worker; an end that it reports goes on the timeline. */
  private RefusedException refused(Call call, KitWorker worker, String sessionId) {
    return call == Call.COMPLETED
        ? refusedLate(sessionId, call.of(worker, sessionId))
        : refused(Refusal.NOT_OWNER, call.of(worker, sessionId));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void an_unknown_session_is_refused(Call call) {
    worker.register();

    refused(Refusal.UNKNOWN_SESSION, call.of(worker, "nowhere"));
  }

  @Test
  void an_unknown_session_is_refused_where_no_worker_calls() {
    refused(Refusal.UNKNOWN_SESSION, () -> session("nowhere"));
    refused(Refusal.UNKNOWN_SESSION, () -> stop("nowhere"));
    refused(Refusal.UNKNOWN_SESSION, () -> send("nowhere", MessageType.NUDGE, ""));
    refused(Refusal.UNKNOWN_SESSION, () -> inboxes().ack(org, "nowhere", "1-1", Lane.NORMAL, null));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void another_worker_is_refused_and_told_who_owns_the_session(Call call) {
    other.register();
    claim("a");

    assertThat(refused(call, other, "a").owner()).isEqualTo(worker.id());
    assertThat(refused(Refusal.NOT_OWNER, call.of(worker(), "a")).owner()).isEqualTo(worker.id());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void waiting_work_has_no_owner(Call call) {
    worker.register();
    enqueue(work("a"));

    assertThat(refused(call, worker, "a").owner()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void work_that_was_stopped_while_it_waited_had_no_owner(Call call) {
    worker.register();
    enqueue(work("a"));
    stop("a");

    assertThat(refused(call, worker, "a").owner()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void another_worker_is_told_the_last_owner_of_what_has_ended(Call call) {
    other.register();
    claim("a");
    worker.complete("a");

    assertThat(refused(call, other, "a").owner()).isEqualTo(worker.id());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_token_that_is_not_the_claims_is_refused(Call call) {
    ClaimedWork claimed = claim("a");

    refused(call, worker.withToken(claimed.token() - 1), "a");
    // The same late result again leaves no further line.
    refused(Refusal.NOT_OWNER, call.of(worker.withToken(claimed.token() + 1), "a"));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void the_claims_own_token_passes(Call call) throws Throwable {
    ClaimedWork claimed = claim("a");

    call.of(worker.withToken(claimed.token()), "a").call();
  }

  @Test
  void a_stale_finisher_ends_nothing_of_the_new_owner() {
    other.register();
    claim("a");
    passBeating(LEASE, other);
    other.claim("a");
    other.start("a");

    RefusedException refusal = refused(Call.COMPLETED, worker, "a");

    assertThat(refusal.owner()).isEqualTo(other.id());
    assertSession("a").isRunningOn(other);
  }

  @Test
  void a_stale_run_of_the_same_worker_is_told_by_its_token() {
    ClaimedWork older = claim("a");
    passBeating(ACCEPT, worker);
    ClaimedWork newer = worker.claim("a");

    refused(Call.COMPLETED, worker.withToken(older.token()), "a");
    worker.start("a");
    worker.withToken(newer.token()).complete("a");
    assertSession("a").isCompleted();
  }

  @Test
  void the_last_owner_may_repeat_its_end_even_after_it_deregistered() {
    ClaimedWork claimed = claim("a");
    worker.complete("a");
    KitWorker withToken = worker.withToken(claimed.token());
    assertThat(withToken.complete("a").transition()).isEqualTo(Transition.REPEAT);
    refused(Call.COMPLETED, worker.withToken(claimed.token() - 1), "a");

    worker.deregister();

    assertThat(worker.complete("a").transition()).isEqualTo(Transition.REPEAT);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_caller_bound_to_a_credential_may_act_for_workers_of_that_credential(Call call)
      throws Throwable {
    KitWorker worker = worker().registeredBy("key-1").register();
    claim(worker, work("a"));

    assertThat(refused(Refusal.NOT_OWNER, call.of(worker.by("key-2"), "a")).owner())
        .isEqualTo(worker.id());
    call.of(worker.by("key-1"), "a").call();
  }

  @Test
  void a_caller_bound_to_a_credential_may_not_bring_back_the_claim_of_anothers_worker() {
    KitWorker worker = worker().registeredBy("key-1").register();
    claim(worker, work("a"));
    pass(LEASE);

    refused(Refusal.NOT_OWNER, () -> worker.by("key-2").start("a"));
    assertThat(worker.by("key-1").start("a").reattached()).isTrue();
  }

  @Test
  void a_caller_bound_to_a_credential_may_not_act_for_a_worker_that_is_gone() {
    KitWorker worker = worker().registeredBy("key-1").register();
    claim(worker, work("a"));
    worker.complete("a");
    worker.deregister();

    refused(Refusal.NOT_OWNER, () -> worker.by("key-1").complete("a"));
    worker.complete("a");
  }
}
