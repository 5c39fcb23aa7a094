package dev.sluice.backend.tck.messages;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Touch, refresh, activity". */
abstract class InjectCases extends Fixture {

  private static final RefreshRequest INJECTS = new RefreshRequest(true, null);

  /** Longest wait of a normal message behind younger urgent ones. */
  private static final Duration PATIENCE = VISIBILITY.multipliedBy(5);

  // One transport

  @Test
  void a_refresh_of_a_go_daemon_brings_one_message() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message first = send("a", MessageType.DIRECTIVE, "first");
    Message second = send("a", MessageType.HOOK_RESULT, "second");
    long before = seq();

    LockState lock = worker.refresh("a");

    assertThat(lock).isEqualTo(new LockState(false, row("a"), first));
    assertThat(seq()).as("one change").isEqualTo(before + 1);
    assertThat(worker.refresh("a").inject()).isEqualTo(second);
    assertThat(worker.refresh("a").inject()).isNull();
    assertThat(inbox("a")).containsExactly(first, second);
  }

  @Test
  void it_comes_again_when_its_visibility_has_passed() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.DIRECTIVE, "go on");
    assertThat(worker.inject("a")).isEqualTo("go on");

    jump(VISIBILITY.minus(MOMENT));
    assertThat(worker.inject("a")).isNull();
    jump(MOMENT);
    assertThat(worker.inject("a")).isEqualTo("go on");
    assertThat(worker.inject("a")).isNull();
  }

  @Test
  void a_poll_brings_it_none() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.DIRECTIVE, "go on");
    send("a", MessageType.NUDGE, "are you there?");
    stop("a");

    assertThat(worker.read()).isEmpty();
    jump(VISIBILITY);
    assertThat(worker.read()).isEmpty();
  }

  @Test
  void other_workers_get_none_by_it() {
    KitWorker standard = worker().register();
    KitWorker snake = snake();
    claim(standard, work("a"));
    claim(snake, work("b"));
    Message toStandard = send("a", MessageType.DIRECTIVE, "go on");
    Message toSnake = send("b", MessageType.DIRECTIVE, "go on");

    assertThat(standard.refresh("a").inject()).isNull();
    assertThat(snake.refresh("b").inject()).isNull();
    assertThat(standard.read()).containsExactly(toStandard);
    assertThat(snake.read()).containsExactly(toSnake);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"STANDARD", "SNAKE_CASE"})
  void who_says_that_it_takes_them_by_refreshes_is_a_go_daemon_for_good(Dialect dialect) {
    KitWorker worker = worker().speaking(dialect).register();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");

    assertThat(worker.refresh("a", INJECTS).inject()).isEqualTo(message);

    assertThat(worker.record().registration().dialect()).isEqualTo(Dialect.GO_DAEMON);
    assertThat(workers().register(org, worker.registration()).registration().dialect())
        .isEqualTo(Dialect.GO_DAEMON);
    jump(VISIBILITY);
    assertThat(worker.poll(0).dialect()).isEqualTo(Dialect.GO_DAEMON);
    assertThat(worker.read()).isEmpty();
    assertThat(worker.refresh("a").inject()).isEqualTo(message);
    enqueue(work("b"));
    assertThat(worker.claim("b").acceptByMs()).isEqualTo(clock.now() + RULES.acceptGoDaemonMs());
  }

  @Test
  void what_a_poll_has_offered_comes_by_a_refresh_only_when_its_visibility_has_passed() {
    claim("a");
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    assertThat(worker.read()).containsExactly(message);

    assertThat(worker.refresh("a", INJECTS).inject()).isNull();
    jump(VISIBILITY.minus(MOMENT));
    assertThat(worker.refresh("a").inject()).isNull();
    jump(MOMENT);
    assertThat(worker.refresh("a").inject()).isEqualTo(message);
  }

  @Test
  void what_a_refresh_has_brought_comes_by_a_poll_only_when_its_visibility_has_passed() {
    KitWorker daemon = daemon();
    KitWorker standard = worker().register();
    claim(daemon, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    assertThat(daemon.refresh("a").inject()).isEqualTo(message);

    standard.takeOver("a", daemon);
    assertThat(standard.read()).isEmpty();
    jump(VISIBILITY);
    assertThat(standard.read()).containsExactly(message);
  }

  @Test
  void a_refresh_brings_messages_of_its_session_alone() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    claim(worker, work("b"));
    send("b", MessageType.DIRECTIVE, "for b");

    assertThat(worker.inject("a")).isNull();
    assertThat(worker.inject("b")).isEqualTo("for b");
  }

  @Test
  void of_many_refreshes_at_once_each_brings_another_message() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    for (int n = 0; n < 8; n++) {
      send("a", MessageType.DIRECTIVE, "m" + n);
    }

    List<String> brought = Together.all(8, caller -> "" + worker.inject("a"));

    assertThat(brought).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
    assertThat(worker.inject("a")).isNull();
  }

  // Which

  @Test
  void the_oldest_urgent_one_goes_first_and_then_the_oldest_normal_one() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.HOOK_RESULT, "n1");
    send("a", MessageType.DIRECTIVE, "u1");
    send("a", MessageType.DIRECTIVE, Lane.NORMAL, "n2");
    send("a", MessageType.HOOK_RESULT, Lane.URGENT, "u2");

    assertThat(List.of(worker.inject("a"), worker.inject("a"))).containsExactly("u1", "u2");
    assertThat(List.of(worker.inject("a"), worker.inject("a"))).containsExactly("n1", "n2");
  }

  @Test
  void a_normal_one_that_has_waited_for_five_time_outs_goes_before_younger_urgent_ones() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.HOOK_RESULT, "n");
    jump(MOMENT);
    send("a", MessageType.DIRECTIVE, "u1");
    send("a", MessageType.DIRECTIVE, "u2");
    passBeating(PATIENCE.minus(MOMENT).minus(MOMENT), worker);

    assertThat(worker.inject("a")).as("a moment too early").isEqualTo("u1");
    jump(MOMENT);
    assertThat(worker.inject("a")).isEqualTo("n");
    assertThat(worker.inject("a")).isEqualTo("u2");
  }

  @Test
  void one_that_has_waited_as_long_but_is_younger_does_not() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.DIRECTIVE, "u");
    send("a", MessageType.HOOK_RESULT, "n");
    passBeating(PATIENCE.plus(VISIBILITY), worker);

    assertThat(worker.inject("a")).isEqualTo("u");
    assertThat(worker.inject("a")).isEqualTo("n");
  }

  @Test
  void a_flood_of_urgent_ones_never_starves_a_normal_one() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.HOOK_RESULT, "n");
    int refreshes = 0;
    for (String brought = ""; !"n".equals(brought) && refreshes < 20; refreshes++) {
      send("a", MessageType.DIRECTIVE, "u" + refreshes);
      brought = worker.inject("a");
      passBeating(Duration.ofSeconds(30), worker);
    }

    assertThat(refreshes).as("refreshes until it came").isEqualTo(11);
  }

  @Test
  void hidden_ones_take_no_part() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    send("a", MessageType.HOOK_RESULT, "n1");
    worker.inject("a");
    send("a", MessageType.HOOK_RESULT, "n2");
    send("a", MessageType.DIRECTIVE, "u");

    assertThat(worker.inject("a")).isEqualTo("u");
    assertThat(worker.inject("a")).isEqualTo("n2");
    jump(VISIBILITY);
    assertThat(worker.inject("a")).isEqualTo("u");
    assertThat(worker.inject("a")).isEqualTo("n1");
  }

  // Acknowledging

  @Test
  void a_refresh_acknowledges_a_message_of_either_lane_and_brings_the_next() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message urgent = send("a", MessageType.DIRECTIVE, "urgent");
    Message normal = send("a", MessageType.HOOK_RESULT, "normal");
    worker.refresh("a");

    assertThat(worker.refreshAcking("a", urgent.id()).inject()).isEqualTo(normal);
    assertThat(inbox("a")).containsExactly(normal);
    assertThat(worker.refreshAcking("a", normal.id()).inject()).isNull();

    assertThat(inbox("a")).isEmpty();
    jump(VISIBILITY);
    assertThat(worker.inject("a")).isNull();
  }

  @Test
  void what_it_brought_may_be_acknowledged_by_the_inbox_too() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    worker.refresh("a");

    assertThat(worker.ack(message)).isTrue();

    assertThat(worker.refreshAcking("a", message.id()).inject()).isNull();
    jump(VISIBILITY);
    assertThat(worker.inject("a")).isNull();
  }

  @Test
  void an_acknowledged_one_never_comes_though_it_was_not_brought_yet() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    Message first = send("a", MessageType.DIRECTIVE, "first");
    Message second = send("a", MessageType.DIRECTIVE, "second");

    assertThat(worker.refreshAcking("a", first.id()).inject()).isEqualTo(second);
  }

  @Test
  void what_is_unknown_is_nothing() {
    KitWorker worker = daemon();
    claim(worker, work("a"));
    claim(worker, work("b"));
    Message other = send("b", MessageType.DIRECTIVE, "for b");
    Message message = send("a", MessageType.DIRECTIVE, "for a");
    worker.refresh("a");

    for (String id : List.of("", "0", "1-1", "x", "*", other.id())) {
      assertThat(worker.refreshAcking("a", id))
          .as(id)
          .isEqualTo(new LockState(false, row("a"), null));
    }

    assertThat(inbox("a")).containsExactly(message);
    assertThat(inbox("b")).containsExactly(other);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"STANDARD", "SNAKE_CASE"})
  void workers_of_other_dialects_acknowledge_by_it_too(Dialect dialect) {
    KitWorker worker = worker().speaking(dialect).register();
    claim(worker, work("a"));
    Message message = send("a", MessageType.DIRECTIVE, "go on");
    Message nudge = send("a", MessageType.NUDGE, "are you there?");
    worker.read();

    assertThat(worker.refreshAcking("a", message.id()).inject()).isNull();

    assertThat(inbox("a")).containsExactly(nudge);
  }

  @Test
  void nudges_are_acknowledged_by_any_refresh_of_a_go_daemon() {
    claim("a");
    send("a", MessageType.NUDGE, "offered by a poll");
    worker.read();
    send("a", MessageType.NUDGE, Lane.URGENT, "urgent");
    Message message = send("a", MessageType.HOOK_RESULT, "no nudge");
    send("a", MessageType.NUDGE, "normal");

    assertThat(worker.refresh("a", INJECTS).inject()).isEqualTo(message);

    assertThat(inbox("a")).containsExactly(message);
  }
}
