package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.history.Vocabulary.Choice;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

final class HistoryOperator {

  private final Random random;
  private final Inventor invent;
  private final MovableClock clock;

  private final int number;

  private final String worker;

  HistoryOperator(Random random, Inventor invent, MovableClock clock, int number, String worker) {
    this.random = random;
    this.invent = invent;
    this.clock = clock;
    this.number = number;
    this.worker = worker;
  }

  void addTo(Choice<Call> others) {
    acts(others);
    looks(others);
  }

  private void acts(Choice<Call> others) {
    others
        .add(2, this::pause)
        .add(5, () -> HistoryCalls.resume(Vocabulary.project(random)))
        .add(6, () -> HistoryCalls.limit(Vocabulary.project(random), invent.limits()))
        .add(3, () -> HistoryCalls.drain(pick(random, Vocabulary.WORKERS), oneIn(random, 3)))
        .add(1, () -> HistoryCalls.audit(worker, "reason " + random.nextInt(9)))
        .add(1, this::stopMany)
        .add(1, HistoryCalls::sweep);
  }

  private void looks(Choice<Call> others) {
    others
        .add(3, () -> ofAny(SessionCalls::find))
        .add(2, () -> ofAny(this::findPublic))
        .add(1, () -> HistoryCalls.findJob(pick(random, Vocabulary.JOBS)))
        .add(2, () -> ofAny(HistoryCalls::standing))
        .add(2, () -> ofAny(SessionCalls::timeline))
        .add(
            1,
            () ->
                ofAny(id -> SessionCalls.activities(id, random.nextInt(3), 1 + random.nextInt(3))))
        .add(2, () -> ofAny(this::inbox))
        .add(2, () -> HistoryCalls.findQueue(Vocabulary.project(random)))
        .add(
            2,
            () -> HistoryCalls.findWorker(pick(random, Vocabulary.WORKERS), Vocabulary.key(random)))
        .add(1, () -> HistoryCalls.listQueues(cursor(0, Vocabulary.PROJECTS), few()))
        .add(1, () -> HistoryCalls.listWorkers(cursor(clock.now(), Vocabulary.WORKERS), few()))
        .add(3, this::listWork)
        .add(3, this::listSessions)
        .add(2, this::listStandings)
        .add(2, this::listRows)
        .add(2, this::listClaims)
        .add(1, this::listOfAll)
        .add(1, () -> HistoryCalls.findStop(pick(random, Vocabulary.STOP_ORDERS)))
        .add(2, this::counts);
  }

  private Call pause() {
    long until = oneIn(random, 3) ? 0 : clock.now() + 1 + random.nextInt(60_000);
    return HistoryCalls.pause(Vocabulary.project(random), "reason " + random.nextInt(100), until);
  }

  private Call stopMany() {
    List<StopTarget> targets =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(i -> new StopTarget(pick(random, Vocabulary.SESSIONS), random.nextInt(9)))
            .toList();
    String run = pick(random, Vocabulary.STOP_ORDERS);
    return HistoryCalls.addStop(run, oneIn(random, 2) ? null : Vocabulary.project(random), targets);
  }

  /** Picks by caller, so that the random source of the seed is unaffected. */
  private Call inbox(String session) {
    return number % 2 == 0 ? SessionCalls.history(session) : SessionCalls.inbox(session);
  }

  private Call listOfAll() {
    return switch (number % 3) {
      case 0 -> SessionCalls.lane(Lane.URGENT, null, few());
      case 1 -> HistoryCalls.listAudit(null, few());
      default -> SessionCalls.lane(Lane.NORMAL, null, few());
    };
  }

  private Call counts() {
    return switch (number % 3) {
      case 0 -> HistoryCalls.counts();
      case 1 -> HistoryCalls.bytes();
      default -> SessionCalls.unread();
    };
  }

  private Call findPublic(String session) {
    return SessionCalls.findPublic(
        oneIn(random, 4) ? Vocabulary.SHARED_NAME : pick(random, Vocabulary.namesOf(session)));
  }

  private Call listStandings() {
    return HistoryCalls.listStandings(Vocabulary.project(random), waiting(), null, few());
  }

  private Place waiting() {
    return pick(random, List.of(Place.READY, Place.RETURNED, Place.PARKED, Place.LATER));
  }

  private Call listRows() {
    Place place = pick(random, List.of(Place.CLAIMED, Place.DEAD));
    return SessionCalls.listRows(
        anyProject(), place, cursor(clock.now(), Vocabulary.SESSIONS), few());
  }

  private Call listClaims() {
    return SessionCalls.listClaims(anyProject(), cursor(clock.now(), Vocabulary.SESSIONS), few());
  }

  private @Nullable String anyProject() {
    return oneIn(random, 3) ? null : Vocabulary.project(random);
  }

  private Call listWork() {
    Place place = waiting();
    return HistoryCalls.listWork(Vocabulary.project(random), place, null, few());
  }

  private Call listSessions() {
    Place place = pick(random, List.of(Place.CLAIMED, Place.ENDED, Place.DEAD));
    return SessionCalls.listSessions(place, cursor(clock.now(), Vocabulary.SESSIONS), few());
  }

  private int few() {
    return oneIn(random, 3) ? Page.MAX : 1 + random.nextInt(3);
  }

  private @Nullable Cursor cursor(long number, List<String> names) {
    return oneIn(random, 4) ? new Cursor(number, pick(random, names)) : null;
  }

  private Call ofAny(Function<String, Call> call) {
    return call.apply(pick(random, Vocabulary.SESSIONS));
  }
}
