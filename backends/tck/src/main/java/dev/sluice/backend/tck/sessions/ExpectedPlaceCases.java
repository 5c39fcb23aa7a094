package dev.sluice.backend.tck.sessions;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.work.Place;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Stop" and "Requeue": no operator undoes the act of another. */
abstract class ExpectedPlaceCases extends Fixture {

  private static final StopMessage ORDER = new StopMessage("", null, null);

  @Test
  void in_each_place_just_that_one_is_right() {
    worker.register();
    deadLetter("DEAD");
    claim("RETURNED");
    worker.nack("RETURNED");
    claim("ENDED");
    worker.complete("ENDED");
    claim("CLAIMED");
    enqueue(
        work("READY").issue("i"),
        work("PARKED").issue("i").priority(9),
        work("LATER").notBefore(clock.now() + 1_000));

    for (Place place : EnumSet.complementOf(EnumSet.of(Place.ENDED, Place.READY))) {
      Set<Place> others = EnumSet.complementOf(EnumSet.of(place));
      refused(Refusal.WRONG_STATE, () -> sessions().stop(org, place.name(), ORDER, others, BY));
      refused(Refusal.WRONG_STATE, () -> sessions().requeue(org, place.name(), others, BY));
      sessions().stop(org, place.name(), ORDER, Set.of(place), BY);
    }
    refused(
        Refusal.WRONG_STATE,
        () -> sessions().requeue(org, "ENDED", EnumSet.complementOf(EnumSet.of(Place.ENDED)), BY));
    assertThat(sessions().requeue(org, "ENDED", Set.of(Place.ENDED), BY).place())
        .isEqualTo(Place.READY);
  }

  @Test
  void a_dead_letter_that_runs_again_stays_with_its_worker() {
    worker.register();
    deadLetter("a");
    sessions().requeue(org, "a", Set.of(Place.DEAD), BY);
    worker.claim("a");

    refused(Refusal.WRONG_STATE, () -> sessions().requeue(org, "a", Set.of(Place.DEAD), BY));
    refused(Refusal.WRONG_STATE, () -> sessions().stop(org, "a", ORDER, Set.of(Place.DEAD), BY));

    assertThat(session("a").place()).isEqualTo(Place.CLAIMED);
    worker.start("a");
  }

  @Test
  void of_many_who_put_back_one_dead_letter_one_does() {
    worker.register();
    deadLetter("a");

    List<Boolean> done =
        Together.all(
            8,
            caller -> {
              try {
                sessions().requeue(org, "a", Set.of(Place.DEAD), BY);
                worker.take(1);
                return true;
              } catch (RefusedException e) {
                return false;
              }
            });

    assertThat(done).containsOnlyOnce(true);
    assertSession("a").isClaimedBy(worker);
  }

  @Test
  void in_the_grace_of_a_stop_a_session_is_claimed() {
    claim("a");
    stop("a");

    refused(Refusal.WRONG_STATE, () -> sessions().stop(org, "a", ORDER, Set.of(Place.ENDED), BY));
    audited(() -> sessions().stop(org, "a", ORDER, Set.of(Place.CLAIMED), BY));
  }

  @Test
  void a_session_that_is_unknown_is_just_that() {
    refused(
        Refusal.UNKNOWN_SESSION, () -> sessions().stop(org, "a", ORDER, Set.of(Place.DEAD), BY));
    refused(Refusal.UNKNOWN_SESSION, () -> sessions().requeue(org, "a", Set.of(Place.DEAD), BY));
  }
}
