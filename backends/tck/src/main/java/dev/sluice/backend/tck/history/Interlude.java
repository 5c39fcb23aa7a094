package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.history.Vocabulary.Choice;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An interlude while all callers wait: time passes, from a millisecond to a retention, with or
 * without sweeps; credentials are revoked; work comes in bulk.
 */
final class Interlude {

  interface Maker {
    Object make(Step step);
  }

  private static final Rules TIMES = Rules.DEFAULTS;
  private static final long AUDIT_MS = Limits.AUDIT_MS;

  /** Small, for several pages. */
  private static final int LANE_PAGE = 3;

  private final Random random;
  private final Inventor invent;
  private final MovableClock clock;
  private final Maker maker;
  private final Choice<Runnable> between = new Choice<>();

  Interlude(Random random, MovableClock clock, Maker maker) {
    this.random = random;
    this.clock = clock;
    this.maker = maker;
    invent = new Inventor(random, clock.now());
    between
        .add(3, () -> () -> {})
        .add(3, () -> () -> jump(random.nextInt(10_000)))
        .add(3, () -> () -> jump(about(TIMES.nackBackoffMs())))
        .add(2, () -> () -> jump(about(TIMES.visibilityMs())))
        .add(3, () -> () -> pass(about(TIMES.leaseMs()), false))
        .add(3, () -> () -> pass(about(TIMES.stopGraceMs()), true))
        .add(3, () -> () -> pass(about(TIMES.acceptMs()), true))
        .add(1, () -> () -> jump(about(TIMES.leaseMs())))
        .add(1, () -> () -> jump(about(600_000)))
        .add(2, () -> this::midnight)
        .add(1, () -> () -> jump(about(TIMES.kept().endedMs())))
        .add(1, () -> () -> jump(about(AUDIT_MS)))
        .add(2, () -> this::bulk)
        .add(1, () -> () -> maker.make(HistoryCalls.revoke(lastKey())));
  }

  void begin() {
    Vocabulary.KEYS.stream().distinct().forEach(key -> maker.make(HistoryCalls.addKey(key)));
    for (String worker : Vocabulary.WORKERS) {
      if (!oneIn(random, 6)) {
        maker.make(HistoryCalls.register(invent.registration(worker)));
      }
    }
    some(Vocabulary.PROJECTS)
        .forEach(project -> maker.make(HistoryCalls.limit(project, invent.limits())));
    bulk();
    bulk();
    sweep();
  }

  void between() {
    between.pick(random).run();
    if (!oneIn(random, 3)) {
      sweep();
    }
  }

  /** Looks at all that is visible, before and after the clearing. */
  void end() {
    look();
    some(Vocabulary.SESSIONS).forEach(session -> maker.make(SessionCalls.stop(session)));
    some(Vocabulary.WORKERS).forEach(worker -> maker.make(HistoryCalls.deregister(worker, null)));
    pass(2 * TIMES.leaseMs(), false);
    look();
    jump(about(TIMES.kept().endedMs() - 2 * TIMES.leaseMs()));
    sweepAll();
    look();
    some(Vocabulary.WORKERS)
        .forEach(worker -> maker.make(HistoryCalls.heartbeat(worker, null, invent.heartbeat())));
    jump(about(TIMES.kept().archiveMs()));
    sweepAll();
    maker.make(HistoryCalls.listWorkers(null, Page.MAX));
    Vocabulary.SESSIONS.forEach(session -> maker.make(SessionCalls.inbox(session)));
    jump(about(TIMES.kept().deadMs()));
    sweepAll();
  }

  /** Ends everything and passes time until nothing may be left. */
  void clear() {
    for (String project : Vocabulary.PROJECTS) {
      // A budget of 0 is always spent, and a due entry would stand at each midnight to come.
      maker.make(HistoryCalls.limit(project, QueueLimits.NONE));
    }
    Vocabulary.SESSIONS.forEach(session -> maker.make(SessionCalls.stop(session)));
    some(Vocabulary.WORKERS).forEach(worker -> maker.make(HistoryCalls.deregister(worker, null)));
    pass(2 * TIMES.leaseMs(), false);
    // Of the workers those of revoked credentials are left: their silence ends them.
    Vocabulary.WORKERS.forEach(worker -> maker.make(HistoryCalls.deregister(worker, null)));
    deliver();
    jump(TIMES.kept().deadMs());
    sweepAll();
    look();
  }

  private void deliver() {
    String worker = "the last";
    maker.make(HistoryCalls.register(Inventor.scanner(worker)));
    boolean more = true;
    for (int n = 1; more && n < 100; n++) {
      Object polled = maker.make(HistoryCalls.poll(worker, null, "r-" + n, 0, true));
      more = polled instanceof PollResult result && !result.batch().isEmpty();
    }
    maker.make(HistoryCalls.deregister(worker, null));
  }

  private static String lastKey() {
    return Vocabulary.KEYS.get(Vocabulary.KEYS.size() - 1);
  }

  private <T> List<T> some(List<T> all) {
    return all.stream().filter(each -> !oneIn(random, 3)).toList();
  }

  /** A millisecond before, at or after the time. */
  private long about(long ms) {
    return oneIn(random, 2) ? ms : ms + random.nextInt(3) - 1;
  }

  private void jump(long ms) {
    maker.make(new Step.Jump(Duration.ofMillis(ms)));
  }

  private void midnight() {
    long now = clock.now();
    jump(about((now / Inventor.DAY_MS + 1) * Inventor.DAY_MS - now));
  }

  /** Passes time with sweeps, so that it is no outage. */
  private void pass(long ms, boolean beating) {
    long step = TIMES.outageGapMs();
    int next = random.nextInt(Vocabulary.WORKERS.size());
    for (long left = ms; left > 0; left -= step) {
      jump(Math.min(step, left));
      sweep();
      if (beating) {
        // All in turn, so that each is alive: what ends then is what nobody accepted.
        String worker = Vocabulary.WORKERS.get(next++ % Vocabulary.WORKERS.size());
        maker.make(HistoryCalls.heartbeat(worker, null, invent.heartbeat()));
      }
    }
  }

  private void bulk() {
    maker.make(
        HistoryCalls.enqueue(
            Stream.generate(() -> invent.workInBulk(pick(random, Vocabulary.SESSIONS), clock.now()))
                .limit(3 + random.nextInt(4))
                .toList()));
    if (oneIn(random, 2)) {
      maker.make(HistoryCalls.addJobs(Stream.generate(invent::job).limit(3).toList()));
    }
  }

  private SweepResult sweep() {
    // Something else than a result is a failure, which the replay finds.
    return maker.make(HistoryCalls.sweep()) instanceof SweepResult result
        ? result
        : SweepResult.NOTHING;
  }

  private void sweepAll() {
    for (int i = 0; i < 100 && sweep().more(); i++) {}
  }

  private void look() {
    Consumer<Call> see = this::see;
    see.accept(HistoryCalls.counts());
    see.accept(HistoryCalls.bytes());
    for (String session : Vocabulary.SESSIONS) {
      see.accept(SessionCalls.inbox(session));
      see.accept(SessionCalls.history(session));
      if (maker.make(HistoryCalls.standing(session)) instanceof Standing) {
        see.accept(SessionCalls.timeline(session));
        see.accept(SessionCalls.activities(session, 0, Page.MAX));
      }
      Vocabulary.namesOf(session).forEach(name -> see.accept(SessionCalls.findPublic(name)));
    }
    see.accept(SessionCalls.unread());
    Stream.of(Lane.values()).forEach(lane -> see.accept(SessionCalls.lane(lane, null, LANE_PAGE)));
    see.accept(SessionCalls.findPublic(Vocabulary.SHARED_NAME));
    Vocabulary.JOBS.forEach(job -> see.accept(HistoryCalls.findJob(job)));
    for (String project : Vocabulary.PROJECTS) {
      see.accept(HistoryCalls.findQueue(project));
      Stream.of(Place.READY, Place.RETURNED, Place.PARKED, Place.LATER)
          .forEach(place -> see.accept(HistoryCalls.listWork(project, place, null, page())));
      Stream.of(Place.READY, Place.RETURNED, Place.PARKED, Place.LATER)
          .forEach(place -> see.accept(HistoryCalls.listStandings(project, place, null, page())));
      Stream.of(Place.CLAIMED, Place.DEAD)
          .forEach(place -> see.accept(SessionCalls.listRows(project, place, null, page())));
      see.accept(SessionCalls.listClaims(project, null, page()));
    }
    Stream.of(Place.CLAIMED, Place.ENDED, Place.DEAD)
        .forEach(place -> see.accept(SessionCalls.listSessions(place, null, page())));
    Stream.of(Place.CLAIMED, Place.ENDED, Place.DEAD)
        .forEach(place -> see.accept(SessionCalls.listRows(null, place, null, page())));
    see.accept(SessionCalls.listClaims(null, null, page()));
    see.accept(HistoryCalls.listWorkers(null, page()));
    see.accept(HistoryCalls.listQueues(null, page()));
    see.accept(HistoryCalls.listAudit(null, page()));
    Vocabulary.STOP_ORDERS.forEach(run -> see.accept(HistoryCalls.findStop(run)));
    see.accept(HistoryCalls.keys());
    see.accept(HistoryCalls.known());
  }

  /** Reads all pages of a list. */
  private void see(Call call) {
    Object value = maker.make(call);
    Function<Cursor, Call> nextPage = call.nextPage();
    if (nextPage != null && value instanceof Page<?> page && page.next() != null) {
      see(nextPage.apply(page.next()));
    }
  }

  private int page() {
    return pick(random, List.of(1, 2, Page.MAX));
  }
}
