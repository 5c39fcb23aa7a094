package dev.sluice.backend.tck.claims;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Who owns a session". */
abstract class SignCases extends Fixture {

  enum Sign {
    RUNNING,
    FINALIZING,
    TOUCH,
    REFRESH,
    ACTIVITY,
    ACK,
    ACK_OF_AN_UNKNOWN_MESSAGE
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void every_call_of_the_owner_is_its_latest_sign(Sign sign) {
    claim("a");
    claim("other");
    worker.start("a");
    Message message = send("a", MessageType.NUDGE, "hello");
    long before = clock.now();
    jump(MOMENT);

    give(sign, worker, message);

    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
    assertThat(session("other").lastSignMs()).as("of another session").isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"RUNNING", "TOUCH", "REFRESH", "ACTIVITY", "ACK"})
  void also_in_the_grace_of_a_stop(Sign sign) {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "hello");
    stop("a");
    Session stopped = session("a");
    jump(MOMENT);

    give(sign, worker, message);

    assertSession("a").isStoppingOn(worker);
    assertThat(session("a"))
        .usingRecursiveComparison()
        .ignoringFields("claim.lastSignMs", "claim.stopTold") // a refresh tells of the stop
        .isEqualTo(stopped);
    assertThat(session("a").lastSignMs()).isEqualTo(clock.now());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void of_what_has_ended_nothing_changes(Sign sign) {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "hello");
    worker.complete("a");
    Session ended = session("a");
    jump(MOMENT);

    give(sign, worker, message);

    assertThat(session("a")).isEqualTo(ended);
    assertThat(worker.record().lastSeenMs()).isEqualTo(clock.now());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"REFRESH", "ACTIVITY", "ACK", "ACK_OF_AN_UNKNOWN_MESSAGE", "TOUCH"})
  void a_sign_changes_times_alone(Sign sign) {
    claim("a");
    worker.start("a");
    Message message = send("a", MessageType.NUDGE, "hello");
    Session running = session("a");
    jump(MOMENT);

    give(sign, worker, message);

    assertThat(session("a"))
        .usingRecursiveComparison()
        .ignoringFields("claim.lastSignMs", "updatedAtMs")
        .isEqualTo(running);
  }

  @Test
  void what_the_worker_says_of_itself_is_no_sign_about_a_session() {
    claim("a");
    Message message = send("a", MessageType.NUDGE, "hello");
    Session claimed = session("a");
    jump(MOMENT);

    worker.beat(1, null, null);
    worker.read();
    worker.register();
    worker.claimByName("a");
    ackForOrg(message);

    assertThat(session("a")).isEqualTo(claimed);
  }

  private void give(Sign sign, KitWorker worker, Message message) {
    switch (sign) {
      case RUNNING -> worker.start("a");
      case FINALIZING -> worker.report("a", SessionState.FINALIZING);
      case TOUCH -> worker.touch("a");
      case REFRESH -> worker.refresh("a");
      case ACTIVITY -> worker.tell("a", "thought", "hm");
      case ACK -> worker.ack(message);
      case ACK_OF_AN_UNKNOWN_MESSAGE ->
          inboxes().ack(org, "a", "1-1", Lane.NORMAL, worker.holder());
    }
  }
}
