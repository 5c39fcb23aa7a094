package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Stop", "Report", "Inbox" and "Sweep, by org". */
abstract class StopCases extends Fixture {

  @Test
  void claimed_work_is_stopped_at_once_and_keeps_its_slot_for_the_grace() {
    KitWorker worker = worker().capacity(1).register();
    long token = claim(worker, work("a")).token();
    jump(MOMENT);

    StopResult result = stop("a");

    assertThat(result.session()).isEqualTo(session("a"));
    assertSession("a").isStoppingOn(worker);
    Session session = session("a");
    assertThat(session.endedAtMs()).isEqualTo(clock.now());
    assertThat(session.updatedAtMs()).isEqualTo(clock.now());
    assertThat(session.releaseByMs()).isEqualTo(clock.now() + GRACE.toMillis());
    assertThat(session.token()).isEqualTo(token);
    assertThat(worker.activeSessions()).containsExactly("a");
    assertThat(counts().claimed()).isEqualTo(1);
    enqueue(work("b"));
    assertThat(worker.take(5)).isEmpty();
  }

  @Test
  void the_worker_is_sent_an_urgent_stop_and_nothing_else_any_more() {
    claim("a");
    send("a", MessageType.DIRECTIVE, "go on");
    send("a", MessageType.NUDGE, "are you there?");

    StopResult result = stop("a");

    List<Message> read = worker.read();
    assertThat(read).hasSize(1);
    Message stop = read.get(0);
    assertThat(stop.id()).isEqualTo(result.messageId());
    assertThat(stop)
        .isEqualTo(
            new Message(
                stop.id(),
                "a",
                MessageType.STOP,
                Lane.URGENT,
                "enough",
                "usr-1",
                "An operator",
                clock.now()));
    assertThat(worker.read()).isEmpty();
    jump(VISIBILITY);
    assertThat(worker.read()).as("until it is released").containsExactly(stop);
  }

  @Test
  void a_second_stop_changes_nothing_and_names_the_message_of_the_first() {
    claim("a");
    StopResult first = stop("a");
    jump(MOMENT);

    audited(() -> assertThat(stop("a")).isEqualTo(first));
    assertThat(worker.read()).hasSize(1);
    audited(() -> assertThat(stop("a")).as("once offered").isEqualTo(first));
  }

  @Test
  void of_many_stops_at_once_one_sends_its_message() {
    claim("a");

    List<StopResult> results = Together.all(16, caller -> stop("a"));

    assertThat(results)
        .allSatisfy(result -> assertThat(result).isEqualTo(results.get(0)))
        .allSatisfy(result -> assertThat(result.messageId()).isNotNull());
    assertThat(worker.read()).hasSize(1);
  }

  enum Release {
    FINALIZING(Transition.LATE),
    COMPLETED(Transition.CONFLICT),
    FAILED(Transition.CONFLICT),
    STOPPED(Transition.REPEAT);

    private final Transition transition;

    Release(Transition transition) {
      this.transition = transition;
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void each_report_of_an_end_releases_a_stopped_session(Release sign) {
    KitWorker worker = worker().capacity(1).register();
    claim(worker, work("a"));
    worker.report("a", SessionState.RUNNING, Map.of("cost", "1"));
    stop("a");
    long stoppedAt = clock.now();
    jump(MOMENT);

    StatusResult result =
        worker.report("a", SessionState.valueOf(sign.name()), Map.of("cost", "2"));

    assertThat(result.transition()).isEqualTo(sign.transition);
    assertThat(result.session()).isEqualTo(row("a"));
    assertSession("a").isStopped().isOwnedBy(worker);
    assertThat(session("a").endedAtMs()).isEqualTo(stoppedAt);
    assertThat(session("a").fields()).containsEntry("cost", "1");
    assertThat(counts().claimed()).isZero();
    assertThat(worker.read()).isEmpty();
    assertThat(stop("a").messageId()).isNull();
    enqueue(work("b"));
    assertThat(worker.take(5)).containsExactly("b");
  }

  @Test
  void a_late_running_releases_nothing() {
    claim("a");
    stop("a");

    assertThat(worker.start("a").transition()).isEqualTo(Transition.LATE);

    assertSession("a").isStoppingOn(worker);
  }

  @Test
  void the_acknowledged_stop_releases_it() {
    claim("a");
    stop("a");

    assertThat(worker.ack(worker.read().get(0))).isTrue();

    assertSession("a").isStopped().isOwnedBy(worker);
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(counts().claimed()).isZero();
  }

  @Test
  void the_stop_may_be_acknowledged_for_the_org() {
    claim("a");
    stop("a");

    assertThat(ackForOrg(worker.read().get(0))).isTrue();

    assertSession("a").isStopped();
  }

  @Test
  void another_message_acknowledged_in_the_grace_releases_nothing() {
    claim("a");
    Message directive = send("a", MessageType.DIRECTIVE, "go on");
    worker.read();
    StopResult stop = stop("a");

    assertThat(worker.ack(directive)).isTrue();
    assertThat(inboxes().ack(org, "a", "" + stop.messageId(), Lane.NORMAL, null).known()).isFalse();

    assertSession("a").isStoppingOn(worker);
  }

  @Test
  void a_session_is_released_once() {
    enqueue(works("a-", 5));
    KitWorker worker = worker().capacity(3).register();
    assertThat(worker.take(5)).hasSize(3);
    stop("a-001");
    Message stop = worker.read().get(0);

    worker.report("a-001", SessionState.FINALIZING);
    worker.report("a-001", SessionState.STOPPED);
    assertThat(worker.ack(stop)).isFalse();
    passBeating(LEASE.plus(GRACE), worker);

    assertThat(worker.activeSessions()).containsExactly("a-002", "a-003");
    assertThat(counts().claimed()).isEqualTo(2);
  }

  @Test
  void a_released_session_stays_stopped_after_late_reports() {
    claim("a");
    stop("a");
    worker.report("a", SessionState.STOPPED);
    Session stopped = session("a");

    assertThat(worker.start("a").transition()).isEqualTo(Transition.LATE);
    assertThat(worker.complete("a").transition()).isEqualTo(Transition.CONFLICT);
    assertThat(worker.report("a", SessionState.STOPPED).transition()).isEqualTo(Transition.REPEAT);

    assertThat(session("a")).isEqualTo(stopped);
  }

  @Test
  void the_grace_releases_what_gives_no_sign() {
    claim("a");
    worker.start("a");
    passBeating(LEASE, worker);
    stop("a");

    passBeating(GRACE.minus(MOMENT), worker);
    assertSession("a").isStoppingOn(worker);
    jump(MOMENT);
    assertThat(sweep().released()).isPositive();

    assertSession("a").isStopped().isOwnedBy(worker).hasAttempts(0);
    assertThat(worker.activeSessions()).isEmpty();
    assertThat(worker.report("a", SessionState.STOPPED).transition()).isEqualTo(Transition.REPEAT);
  }

  @Test
  void a_worker_that_falls_silent_in_the_grace_loses_nothing_to_the_queue() {
    claim("a");
    pass(LEASE.minus(GRACE.dividedBy(2)));
    stop("a");

    pass(GRACE.dividedBy(2));

    assertThat(worker.record().silent()).isTrue();
    assertSession("a").isStopped().isOwnedBy(worker).hasAttempts(0);
    assertThat(counts().waiting()).isZero();
  }

  /** Calls of a stopped session's last owner. */
  enum Late {
    REPORT,
    TOUCH,
    REFRESH,
    ACTIVITY
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_call_about_a_stopped_session_after_its_release_is_noted(Late late) {
    claim("a");
    worker.start("a");
    stop("a");
    passBeating(LEASE, worker);
    jump(MOMENT);
    assertThat(session("a").place()).isEqualTo(Place.ENDED);
    long before = session("a").lastSignMs();

    switch (late) {
      case REPORT -> worker.start("a");
      case TOUCH -> worker.touch("a");
      case REFRESH -> worker.refresh("a");
      case ACTIVITY -> worker.tell("a", "action", "still at it");
    }

    assertThat(before).isLessThan(clock.now());
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
    assertThat(session("a").state()).isEqualTo(SessionState.STOPPED);
  }

  @Test
  void what_nobody_accepted_may_be_stopped_and_returns_no_more() {
    claim("a");
    passBeating(ACCEPT.minus(GRACE.dividedBy(2)), worker);
    stop("a");

    passBeating(GRACE.dividedBy(2), worker);
    assertSession("a").isStoppingOn(worker);
    passBeating(GRACE.dividedBy(2), worker);

    assertSession("a").isStopped().hasAttempts(0);
  }
}
