package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/rules.md, "Stop", in every place. {@link StopCases} has the grace. */
abstract class CancelCases extends Fixture {

  private static final long LATER_MS = 60_000;

  /** Place and relevant history. */
  enum Waiting {
    READY,
    READY_IN_FRONT,
    READY_OF_A_PAUSED_QUEUE,
    READY_AFTER_A_LOST_CLAIM,
    PARKED,
    PARKED_BEHIND_A_CLAIM,
    LATER,
    RETURNED
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void work_that_waits_just_ends(Waiting place) {
    worker.register();
    bring(worker, place);
    send("a", MessageType.DIRECTIVE, "never mind");
    Session before = session("a");
    Counts counts = counts();
    jump(MOMENT);

    StopResult result = stop("a");

    assertThat(result).isEqualTo(new StopResult(session("a"), null));
    assertSession("a")
        .isStopped()
        .hasNoOwner()
        .hasAttempts(before.attempts())
        .hasNacks(before.nacks());
    Session ended = session("a");
    assertThat(ended.endedAtMs()).isEqualTo(clock.now());
    assertThat(ended.updatedAtMs()).isEqualTo(clock.now());
    assertThat(ended.returnUntilMs()).isZero();
    assertThat(ended.nackedBy()).isNull();
    assertThat(ended.dead()).isNull();
    assertThat(ended.token()).isEqualTo(before.token());
    assertThat(counts().waiting()).isEqualTo(counts.waiting() - 1);
    assertThat(queueOf("web").counts().waiting()).isZero();
    audited(() -> stop("a"));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void it_is_never_handed_out_and_never_comes_back(Waiting place) {
    worker.register();
    bring(worker, place);

    stop("a");

    refused(Refusal.NOT_OWNER, () -> worker.touch("a"));
    refused(Refusal.NOT_OWNER, () -> worker.nack("a"));
    sweepAfter(BACK_OFF.plus(Duration.ofMillis(LATER_MS)));
    resume("web");
    assertThat(worker.take(5)).doesNotContain("a");
    assertThat(worker().register().take(5)).doesNotContain("a");
    assertSession("a").isStopped();
  }

  private void bring(KitWorker worker, Waiting place) {
    WorkBuilder work = work("a").project("web").issue("i").priority(2);
    switch (place) {
      case READY -> enqueue(work);
      case READY_IN_FRONT -> {
        enqueue(work);
        front("a");
      }
      case READY_OF_A_PAUSED_QUEUE -> {
        enqueue(work);
        pause("web", 0);
      }
      case READY_AFTER_A_LOST_CLAIM -> {
        claim(worker, work);
        pass(LEASE);
      }
      case PARKED -> enqueue(work, work("first").issue("i").needs("gpu").priority(1));
      case PARKED_BEHIND_A_CLAIM -> {
        claim(worker, work("first").issue("i"));
        enqueue(work);
      }
      case LATER -> enqueue(work.notBefore(clock.now() + LATER_MS));
      case RETURNED -> {
        claim(worker, work);
        worker.nack("a");
      }
    }
    assertThat(session("a").place().waits()).isTrue();
  }

  @Test
  void a_worker_keeps_its_slots_for_others_when_waiting_work_ends() {
    KitWorker worker = worker().capacity(1).register();
    enqueue(work("a"), work("b"), work("c"));
    worker.claim("a");

    stop("b");
    worker.complete("a");

    assertThat(worker.take(5)).containsExactly("c");
  }

  @Test
  void a_nack_that_is_over_by_the_end_stands_no_longer() {
    KitWorker worker = worker().capacity(100).register();
    claim(worker, work("kept"));
    for (int n = 0; n < RULES.maxReturns(); n++) {
      worker.touch("kept");
      claim(worker, work("a-" + n));
      worker.nack("a-" + n);
    }
    enqueue(work("z"));
    assertThat(worker.take(5)).isEmpty();

    stop("a-7");

    assertThat(worker.take(5)).containsExactly("z");
  }

  @Test
  void an_ended_one_stays_what_it_is() {
    enqueue(work("a"), work("b"), work("c"));
    assertThat(worker.take(5)).hasSize(3);
    worker.complete("a");
    worker.fail("b");
    worker.report("c", SessionState.STOPPED);
    jump(MOMENT);

    for (String id : List.of("a", "b", "c")) {
      audited(() -> assertThat(stop(id)).isEqualTo(new StopResult(session(id), null)));
    }
  }

  @Test
  void of_a_stop_and_a_poll_at_once_one_gets_the_work() {
    KitWorker worker = worker().capacity(20).register();
    for (int n = 0; n < 20; n++) {
      enqueue(work("a-" + n));
    }

    List<List<String>> taken =
        Together.all(
            8,
            caller -> {
              if (caller < 4) {
                return worker.take(5);
              }
              for (int n = caller - 4; n < 20; n += 4) {
                stop("a-" + n);
              }
              return List.of();
            });

    List<String> claimed = taken.stream().flatMap(List::stream).toList();
    assertThat(claimed).doesNotHaveDuplicates();
    assertThat(worker.activeSessions()).containsExactlyInAnyOrderElementsOf(claimed);
    for (int n = 0; n < 20; n++) {
      assertThat(session("a-" + n).state()).isEqualTo(SessionState.STOPPED);
    }
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 0, claimed.size(), 0));
  }
}
