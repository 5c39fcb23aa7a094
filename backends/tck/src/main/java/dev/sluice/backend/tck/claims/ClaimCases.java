package dev.sluice.backend.tck.claims;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Repeated polls" and "Claim". */
abstract class ClaimCases extends Fixture {

  @Test
  void a_claim_is_recorded_as_it_is_handed_out() {
    worker.register();
    enqueue(work("a").project("web"));
    jump(MOMENT);

    ClaimedWork handedOut = worker.claim("a");

    assertSession("a").isClaimedBy(worker).hasAttempts(0).hasNacks(0).hasPosition(0);
    Session session = session("a");
    assertThat(handedOut)
        .isEqualTo(
            new ClaimedWork(
                "a",
                session.token(),
                session.acceptByMs(),
                "web",
                WorkBuilder.QUEUED_AT,
                session.item()));
    assertThat(handedOut.claimedAtMs()).isEqualTo(clock.now());
    assertThat(session.acceptByMs()).isEqualTo(clock.now() + ACCEPT.toMillis());
    assertThat(session.claimedAtMs()).isEqualTo(clock.now());
    assertThat(session.updatedAtMs()).isEqualTo(clock.now());
    assertThat(session.createdAtMs()).isEqualTo(clock.now() - 1);
    assertThat(session.lastSignMs()).isEqualTo(clock.now());
    assertThat(session.startedAtMs()).isZero();
    assertThat(worker.activeSessions()).containsExactly("a");
  }

  @Test
  void active_sessions_are_listed_by_bytes() {
    enqueue(
        work("\ud83d\ude80").priority(1),
        work("\uff61").priority(2),
        work("b").priority(3),
        work("a").priority(4));

    assertThat(worker.take(5)).hasSize(4);

    assertThat(worker.activeSessions()).containsExactly("a", "b", "\uff61", "\ud83d\ude80");
  }

  @Test
  void tokens_grow_with_every_claim_of_the_org() {
    worker.register();
    enqueue(works("a-", 4));
    List<Long> tokens = new ArrayList<>();

    worker.poll(2).work().forEach(claimed -> tokens.add(claimed.token()));
    other.nack(other.claim("a-003").sessionId());
    tokens.add(session("a-003").token());
    tokens.add(worker.claim("a-003").token());
    jump(MOMENT);
    tokens.add(other.claim("a-004").token());

    assertThat(tokens).hasSize(5).isSorted().doesNotHaveDuplicates();
    assertThat(tokens.get(0)).isEqualTo((clock.now() - 1) * 1024);
    assertThat(tokens.get(1)).isEqualTo(tokens.get(0) + 1);
    assertThat(tokens.get(4)).isEqualTo(clock.now() * 1024);
  }

  @Test
  void a_new_claim_starts_from_a_clean_sheet() {
    other.register();
    claim("a");
    worker.report("a", SessionState.RUNNING, Map.of("cost", "1.5"));
    passBeating(LEASE, other);
    assertThat(session("a").fields()).containsEntry("cost", "1.5");

    other.claim("a");

    assertSession("a").isClaimedBy(other).hasAttempts(1);
    assertThat(session("a").fields()).isEmpty();
    assertThat(session("a").startedAtMs()).isZero();
  }

  @Test
  void a_poll_tells_how_the_worker_speaks_and_what_it_can() {
    KitWorker worker = worker().speaking(Dialect.GO_DAEMON).can("gpu", "arm").register();

    PollResult result = worker.poll(1);

    assertThat(result.dialect()).isEqualTo(Dialect.GO_DAEMON);
    assertThat(result.capabilities()).containsExactly("gpu", "arm");
  }

  @Test
  void the_same_request_again_brings_the_same_claims_and_none_else() {
    enqueue(works("a-", 3));
    PollResult first = worker.poll("r-1", 2);

    assertThat(worker.poll("r-1", 2).work()).isEqualTo(first.work()).hasSize(2);
    assertThat(worker.poll("r-1", 5).work()).isEqualTo(first.work());
    assertThat(worker.activeSessions()).hasSize(2);
    assertThat(worker.poll("r-2", 2).work())
        .extracting(ClaimedWork::sessionId)
        .containsExactly("a-003");
  }

  @Test
  void the_same_request_from_many_at_once_claims_once() {
    KitWorker worker = worker().capacity(50).register();
    enqueue(works("a-", 50));

    List<List<ClaimedWork>> answers = Together.all(16, caller -> worker.poll("r-1", 5).work());

    assertThat(answers).allSatisfy(work -> assertThat(work).isEqualTo(answers.get(0)).hasSize(5));
    assertThat(counts().claimed()).isEqualTo(5);
  }

  @Test
  void a_request_that_brought_nothing_brings_nothing_again() {
    worker.poll("r-1", 5);
    enqueue(work("a"));

    assertThat(worker.poll("r-1", 5).work()).isEmpty();
    assertSession("a").isReady();
  }

  @Test
  void a_repeat_leaves_out_what_ended_or_was_given_back_since() {
    enqueue(works("a-", 4));
    worker.poll("r-1", 4);
    worker.complete("a-001");
    worker.nack("a-002");
    worker.start("a-003");

    assertThat(worker.poll("r-1", 4).work())
        .extracting(ClaimedWork::sessionId)
        .containsExactly("a-003", "a-004");
  }

  @Test
  void a_repeat_leaves_out_what_is_being_stopped() {
    enqueue(works("a-", 2));
    worker.poll("r-1", 2);
    stop("a-001");

    assertThat(worker.poll("r-1", 2).work())
        .extracting(ClaimedWork::sessionId)
        .containsExactly("a-002");
    assertSession("a-001").isStoppingOn(worker);
  }

  @Test
  void a_repeat_leaves_out_what_another_claimed_since() {
    enqueue(work("a"));
    worker.poll("r-1", 1);
    worker.nack("a");
    other.claim("a");

    assertThat(worker.poll("r-1", 1).work()).isEmpty();
    assertSession("a").isClaimedBy(other);
  }

  @Test
  void a_repeat_leaves_out_what_came_back_under_another_claim() {
    enqueue(work("a"));
    worker.poll("r-1", 1);
    passBeating(ACCEPT, worker);
    assertSession("a").isReady();
    worker.start("a");

    assertThat(worker.poll("r-1", 1).work()).isEmpty();
  }

  @Test
  void a_draining_worker_may_still_repeat() {
    enqueue(works("a-", 2));
    PollResult first = worker.poll("r-1", 1);
    worker.beat(0, null, true);

    assertThat(worker.poll("r-1", 1).work()).isEqualTo(first.work());
  }

  @Test
  void request_ids_are_a_workers_own() {
    enqueue(works("a-", 2));

    assertThat(worker().register().poll("r-1", 1).work()).hasSize(1);
    assertThat(worker().register().poll("r-1", 1).work()).hasSize(1);
    assertThat(counts().claimed()).isEqualTo(2);
  }

  @Test
  void messages_for_what_was_claimed_in_this_poll_wait_for_the_next() {
    enqueue(work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "hello");

    PollResult first = worker.poll("r-1", 1);
    assertThat(first.work()).hasSize(1);
    assertThat(first.messages()).isEmpty();
    assertThat(worker.poll("r-1", 1).messages()).as("answered again").isEmpty();
    assertThat(worker.poll("r-2", 1).messages()).containsExactly(message);
  }
}
