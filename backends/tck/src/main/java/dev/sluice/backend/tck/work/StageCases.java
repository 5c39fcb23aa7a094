package dev.sluice.backend.tck.work;

import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Stages". */
abstract class StageCases extends Fixture {

  @Test
  void a_session_is_told_wherever_it_goes() {
    enqueue(work("a"));
    assertStage("a", Place.READY, SessionState.PENDING);
    worker.claim("a");
    assertStage("a", Place.CLAIMED, SessionState.CLAIMED);
    worker.nack("a");
    assertStage("a", Place.RETURNED, SessionState.PENDING);
    sweepAfter(BACK_OFF);
    worker.claim("a");
    worker.complete("a");
    assertStage("a", Place.ENDED, SessionState.COMPLETED);
    sweepAfter(Duration.ofHours(1));
    assertStage("a", Place.ENDED, SessionState.COMPLETED);
    requeue("a");
    assertStage("a", Place.READY, SessionState.PENDING);
    stop("a");
    assertStage("a", Place.ENDED, SessionState.STOPPED);
    sweepAfter(Duration.ofMillis(RULES.kept().endedMs()));
    assertThat(stages("a")).isEmpty();
  }

  @Test
  void later_parked_and_dead_work_is_told_too() {
    enqueue(
        work("later").notBefore(clock.now() + 60_000),
        work("first").issue("issue"),
        work("parked").issue("issue"),
        work("dead").deadline(clock.now() + 1));
    sweepAfter(MOMENT);

    assertThat(stages("dead", "first", "later", "parked"))
        .extracting(Stage::place)
        .containsExactly(Place.DEAD, Place.READY, Place.LATER, Place.PARKED);
    assertStage("dead", Place.DEAD, SessionState.FAILED);
  }

  @Test
  void they_come_in_the_order_asked_for_without_unknown_and_damaged_ones() {
    enqueue(work("b"), work("\ud83d\ude80").project("\u00fc"), work("a"), work("bad"));
    damage("bad");
    long last = seq();

    assertThat(stages("b", "unknown", "\ud83d\ude80", "bad", "a"))
        .containsExactly(
            new Stage("b", session("b").project(), Place.READY, SessionState.PENDING),
            new Stage("\ud83d\ude80", "\u00fc", Place.READY, SessionState.PENDING),
            new Stage("a", session("a").project(), Place.READY, SessionState.PENDING));
    assertThat(stages()).isEmpty();
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void a_thousand_come_by_one_call() {
    WorkBuilder[] works = works("a-", Page.MAX);
    enqueue(works);
    List<String> ids = Stream.of(works).map(WorkBuilder::id).toList();
    assertThat(sessions().stages(org, ids)).extracting(Stage::id).isEqualTo(ids);
  }

  private List<Stage> stages(String... ids) {
    return sessions().stages(org, List.of(ids));
  }

  private void assertStage(String id, Place place, SessionState state) {
    assertThat(stages(id)).containsExactly(new Stage(id, session(id).project(), place, state));
  }
}
