package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hint.Kind;
import dev.sluice.backend.Hints;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Dialect;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * docs/rules.md, "Hints". A hint may come late or twice, so the cases wait for those that must come
 * and say nothing of others.
 */
abstract class HintCases extends HintFixture {

  // MESSAGE

  @Test
  void a_message_is_sent_to_a_claimed_session() {
    claim("a");

    assertHint(Kind.MESSAGE, worker.id(), () -> send("a", MessageType.NUDGE, "hello"));
  }

  @Test
  void a_claimed_session_is_stopped() {
    claim("a");

    assertHint(Kind.MESSAGE, worker.id(), () -> stop("a"));
  }

  @Test
  void a_session_with_messages_is_reattached() {
    claim("a");
    pass(LEASE);
    send("a", MessageType.NUDGE, "hello");

    assertHint(Kind.MESSAGE, worker.id(), () -> worker.touch("a"));
  }

  @Test
  void a_session_with_messages_is_transferred() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));
    send("a", MessageType.NUDGE, "hello");

    assertHint(
        Kind.MESSAGE,
        successor.id(),
        () -> sessions().transfer(org, "a", old.id(), successor.ref(), true));
  }

  // SLOT

  @Test
  void a_session_ends() {
    claim("a");

    assertHint(Kind.SLOT, worker.id(), () -> worker.complete("a"));
  }

  @Test
  void a_stopped_session_is_released_by_a_sign() {
    claim("a");
    stop("a");
    Message stop = worker.read().get(0);

    assertHint(Kind.SLOT, worker.id(), () -> worker.ack(stop));
  }

  @Test
  void a_stopped_session_is_released_by_time() {
    claim("a");
    passBeating(LEASE, worker);
    stop("a");
    passBeating(GRACE.minus(MOMENT), worker);

    assertHint(Kind.SLOT, worker.id(), () -> passBeating(MOMENT, worker));
  }

  @Test
  void a_claim_is_nacked() {
    claim("a");

    assertHint(Kind.SLOT, worker.id(), () -> worker.nack("a"));
  }

  @Test
  void a_claim_returns_by_time() {
    claim("a");
    passBeating(ACCEPT.minus(MOMENT), worker);

    assertHint(Kind.SLOT, worker.id(), () -> passBeating(MOMENT, worker));
  }

  @Test
  void a_claim_is_requeued() {
    claim("a");

    assertHint(Kind.SLOT, worker.id(), () -> requeue("a"));
  }

  @Test
  void a_claim_goes_over() {
    KitWorker old = worker().register();
    KitWorker successor = worker().register();
    claim(old, work("a"));

    assertHint(
        Kind.SLOT, old.id(), () -> sessions().transfer(org, "a", old.id(), successor.ref(), true));
  }

  @Test
  void its_capacity_grows() {
    KitWorker worker = worker().capacity(1).register();

    assertHint(Kind.SLOT, worker.id(), () -> worker.beat(0, 2, null));
  }

  @Test
  void it_ends_its_draining() {
    KitWorker worker = worker().draining().register();

    assertHint(Kind.SLOT, worker.id(), () -> worker.beat(0, null, false));
  }

  @Test
  void it_is_undrained() {
    worker.register();
    worker.drain();

    assertHint(Kind.SLOT, worker.id(), () -> workers().drain(org, worker.id(), false, BY));
  }

  @Test
  void a_stop_is_acknowledged_by_a_refresh() {
    KitWorker worker = worker().speaking(Dialect.GO_DAEMON).register();
    claim(worker, work("a"));
    String stop = "" + stop("a").messageId();

    assertHint(Kind.SLOT, worker.id(), () -> worker.refreshAcking("a", stop));
  }

  @Test
  void a_stop_is_acknowledged_by_a_poll() {
    KitWorker worker = worker().speaking(Dialect.SNAKE_CASE).register();
    claim(worker, work("a").project("web").issue("i"));
    enqueue(work("b").project("app").issue("i"));
    stop("a");
    worker.read();

    assertHint(Kind.WORK, "app", worker::read);
  }

  // BATCH

  @Test
  void a_job_is_added() {
    assertHint(Kind.BATCH, BatchLane.CAPABILITY, () -> add("j"));
  }

  @Test
  void a_job_waits_anew() {
    add("j");
    scanner().register().takeJobs();
    jump(VISIBILITY);

    assertHint(Kind.BATCH, BatchLane.CAPABILITY, this::sweep);
  }

  @Test
  void a_job_waits_anew_by_a_poll_of_another() {
    other.register();
    add("j");
    scanner().register().takeJobs();
    jump(VISIBILITY);

    assertHint(Kind.BATCH, BatchLane.CAPABILITY, () -> other.take(1));
  }

  // SESSION

  @Test
  void a_session_is_claimed_by_a_poll() {
    worker.register();
    enqueue(work("a"));

    assertHint(Kind.SESSION, "a", () -> worker.claim("a"));
  }

  @Test
  void a_session_is_claimed_by_name() {
    worker.register();
    enqueue(work("a"));

    assertHint(Kind.SESSION, "a", () -> sessions().claim(org, "a", worker.ref()));
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "FINALIZING", "COMPLETED", "FAILED", "STOPPED"})
  void a_session_is_reported(SessionState state) {
    claim("a");

    assertHint(Kind.SESSION, "a", () -> worker.report("a", state));
  }

  @Test
  void a_session_comes_back_by_a_nack() {
    claim("a");

    assertHint(Kind.SESSION, "a", () -> worker.nack("a"));
  }

  @Test
  void a_session_comes_back_by_time() {
    claim("a");
    pass(LEASE.minus(MOMENT));

    assertHint(Kind.SESSION, "a", () -> pass(MOMENT));
  }

  @Test
  void a_session_comes_back_with_its_worker_gone() {
    claim("a");

    assertHint(Kind.SESSION, "a", worker::deregister);
  }

  @Test
  void a_back_off_ends() {
    claim("a");
    worker.nack("a");
    jump(BACK_OFF);

    assertHint(Kind.SESSION, "a", this::sweep);
  }

  @Test
  void the_time_of_a_session_comes() {
    enqueue(work("a").notBefore(clock.now() + 1));
    jump(MOMENT);

    assertHint(Kind.SESSION, "a", this::sweep);
  }

  @Test
  void the_deadline_of_a_session_comes() {
    enqueue(work("a").deadline(clock.now() + 1));
    jump(MOMENT);

    assertHint(Kind.SESSION, "a", this::sweep);
  }

  @Test
  void a_waiting_session_is_stopped() {
    enqueue(work("a"));

    assertHint(Kind.SESSION, "a", () -> stop("a"));
  }

  @Test
  void a_running_session_is_stopped() {
    claim("a");

    assertHint(Kind.SESSION, "a", () -> stop("a"));
  }

  @Test
  void a_session_that_was_stopped_is_released() {
    claim("a");
    Message stop = stopOf("a", worker);

    assertHint(Kind.SESSION, "a", () -> worker.ack(stop));
  }

  @Test
  void an_ended_session_is_requeued() {
    enqueue(work("a"));
    stop("a");

    assertHint(Kind.SESSION, "a", () -> requeue("a"));
  }

  @Test
  void a_session_is_parked_by_a_better_one_of_its_issue() {
    enqueue(work("a").issue("i"));

    assertHint(Kind.SESSION, "a", () -> enqueue(work("b").issue("i").priority(1)));
  }

  @Test
  void a_parked_session_comes_up() {
    enqueue(work("a").issue("i"), work("b").issue("i"));

    assertHint(Kind.SESSION, "b", () -> stop("a"));
  }

  @Test
  void a_dead_letter_is_discarded() {
    enqueue(work("a").deadline(clock.now() + 1));
    sweepAfter(MOMENT);

    assertHint(Kind.SESSION, "a", () -> stop("a"));
  }

  private Message stopOf(String session, KitWorker worker) {
    stop(session);
    return worker.read().get(0);
  }

  // Subscriptions

  @Test
  void every_listener_hears_until_it_is_closed() {
    BlockingQueue<Hint> first = new LinkedBlockingQueue<>();
    BlockingQueue<Hint> second = new LinkedBlockingQueue<>();
    try (Hints.Subscription staying = hints().subscribe(second::add)) {
      Hints.Subscription leaving = hints().subscribe(first::add);
      enqueue(work("a").project("web"));
      await(first, new Hint(org, Kind.WORK, "web"));
      await(second, new Hint(org, Kind.WORK, "web"));

      leaving.close();
      leaving.close();
      first.clear();
      enqueue(work("b").project("app"));
      await(second, new Hint(org, Kind.WORK, "app"));
      assertThat(first).doesNotContain(new Hint(org, Kind.WORK, "app"));
    }
  }

  @Test
  void names_of_any_text_come_as_they_are() {
    String project = "we:b|\ud83d\ude80 {}\",\\ %";

    assertHint(Kind.WORK, project, () -> enqueue(work("a").project(project)));
  }
}
