package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class TimeCases extends Fixture {

  private static final Duration AHEAD = Duration.ofHours(1);
  private static final Duration YEARS = Duration.ofDays(4 * 366);

  @Test
  void time_ahead_of_the_clock_stands_still_and_is_a_warning() {
    enqueue(work("a"));
    sweep();
    long before = clock.now();
    correctAfter(AHEAD);

    enqueue(work("b"));
    sweep();

    assertThat(session("b").createdAtMs()).isEqualTo(before + AHEAD.toMillis());
    assertThat(upkeep().timesAhead()).containsEntry(org, AHEAD.toMillis());
    assertThat(warnings()).anyMatch(warning -> warning.contains("org " + org + " is 3600.0 s"));
  }

  @Test
  void a_difference_of_five_seconds_is_none_to_warn_of() {
    enqueue(work("a"));
    correctAfter(Duration.ofMillis(StoredTime.WARN_MS));
    sweep();

    assertThat(upkeep().timesAhead()).doesNotContainKey(org);
    assertThat(warnings()).noneMatch(warning -> warning.contains(org));
  }

  @Test
  void time_is_set_to_the_clock_and_that_leaves_a_line() {
    enqueue(work("a"));
    long stored = clock.now() + AHEAD.toMillis();
    correctAfter(AHEAD);
    sweep();

    StoredTime set = upkeep().setTime(org, new AuditNote("usr-1", "the clock was an hour ahead"));

    assertThat(set).isEqualTo(new StoredTime(stored, clock.now()));
    assertThat(auditLines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.atMs()).isEqualTo(clock.now());
              assertThat(line.actor()).isEqualTo("usr-1");
              assertThat(line.verb()).isEqualTo("set-time");
              assertThat(line.reason()).isEqualTo("the clock was an hour ahead");
              assertThat(line.detail()).isEqualTo("was 3600000 ms ahead of the clock");
            });
    sweep();
    assertThat(upkeep().timesAhead()).doesNotContainKey(org);
    assertThat(warnings()).noneMatch(warning -> warning.contains(org));
    enqueue(work("b"));
    assertThat(session("b").createdAtMs()).isEqualTo(clock.now());
  }

  @Test
  void a_worker_has_one_lease_from_then_on() {
    KitWorker worker = running("a");
    KitWorker silent = running("b");
    ahead(AHEAD);
    worker.beat();
    silent.beat();
    correct(AHEAD);

    pass(LEASE.minus(MOMENT));
    worker.beat();
    assertSession("a").isRunningOn(worker);
    assertSession("b").isRunningOn(silent);
    pass(MOMENT);

    assertSession("a").isRunningOn(worker);
    assertSession("b").isReady().hasAttempts(1);
    assertThat(worker.record().lastSeenMs()).isLessThanOrEqualTo(clock.now());
    assertThat(silent.record().silent()).isTrue();
  }

  @Test
  void a_claim_has_its_time_to_be_accepted_from_then_on() {
    claim("old");
    ahead(AHEAD.minus(MOMENT));
    clock.jump(MOMENT);
    ClaimedWork before = claim("a");
    correct(AHEAD);

    assertThat(session("a").acceptByMs()).isEqualTo(clock.now() + ACCEPT.toMillis());
    passBeating(ACCEPT.minus(MOMENT), worker);
    assertSession("a").isClaimedBy(worker);
    pass(MOMENT);
    assertSession("a").isReady().hasAttempts(1);
    assertThat(worker.claim("a").token()).isGreaterThan(before.token());
  }

  @Test
  void a_stop_has_its_grace_from_then_on() {
    KitWorker worker = running("a");
    ahead(AHEAD);
    stop("a");
    correct(AHEAD);

    passBeating(LEASE, worker);

    assertThat(session("a").place()).isEqualTo(Place.ENDED);
  }

  @Test
  void nacked_work_is_kept_from_its_worker_for_one_back_off_from_then_on() {
    ahead(AHEAD);
    claim("a");
    worker.nack("a");
    correct(AHEAD);

    pass(BACK_OFF.minus(MOMENT));
    assertThat(worker.take(1)).isEmpty();
    pass(MOMENT);

    assertThat(worker.take(1)).containsExactly("a");
  }

  @Test
  void what_was_offered_is_offered_again_one_visibility_from_then_on() {
    KitWorker worker = running("a");
    ahead(AHEAD);
    send("a", MessageType.NUDGE, Lane.NORMAL, "hm");
    assertThat(worker.read()).hasSize(1);
    correct(AHEAD);

    pass(VISIBILITY.minus(MOMENT));
    assertThat(worker.read()).isEmpty();
    pass(MOMENT);

    assertThat(worker.read()).hasSize(1);
  }

  @Test
  void a_job_that_was_offered_waits_again_one_visibility_from_then_on() {
    KitWorker scanner = scanner().register();
    ahead(AHEAD);
    add("j");
    assertThat(scanner.takeJobs()).containsExactly("j");
    assertThat(jobState("j")).isEqualTo(BatchJob.State.OFFERED);
    correct(AHEAD);

    pass(VISIBILITY.minus(MOMENT));
    assertThat(jobState("j")).isEqualTo(BatchJob.State.OFFERED);
    pass(MOMENT);

    assertThat(jobState("j")).isEqualTo(BatchJob.State.WAITING);
  }

  @Test
  void times_that_callers_gave_stay() {
    long start = clock.now() + AHEAD.toMillis();
    enqueue(work("a").notBefore(start), work("b").deadline(start + 1));
    ahead(AHEAD.minus(MOMENT));
    correct(AHEAD.minus(MOMENT));

    pass(AHEAD.minus(MOMENT));
    assertSession("a").isLater();
    assertSession("b").isReady();
    pass(MOMENT);
    assertSession("a").isReady();
    pass(MOMENT);
    assertThat(session("b").place()).isEqualTo(Place.DEAD);
  }

  @Test
  void work_put_in_front_later_still_goes_first() {
    enqueue(work("a"), work("b"));
    ahead(AHEAD);
    front("a");
    correct(AHEAD);

    front("b");

    assertThat(worker().register().take(1)).containsExactly("b");
  }

  @Test
  void a_clock_that_is_more_than_a_year_ahead_is_not_believed() {
    KitWorker worker = running("a");
    stop("a");
    worker.report("a", SessionState.STOPPED);
    long before = clock.now();
    clock.jump(YEARS);

    sweep();
    enqueue(work("b"));

    assertThat(session("b").createdAtMs()).isEqualTo(before);
    assertThat(session("a").place()).isEqualTo(Place.ENDED);
    assertThat(warnings())
        .anyMatch(warning -> warning.contains("org " + org + " and not believed"));
    clock.setBack(YEARS);
    sweep();
    assertThat(warnings()).noneMatch(warning -> warning.contains(org));
  }

  @Test
  void time_is_set_ahead_too_where_the_clock_is_right() {
    running("a");
    clock.jump(YEARS);
    sweep();

    upkeep().setTime(org, BY);

    pass(LEASE.minus(MOMENT));
    assertSession("a").hasAttempts(0);
    pass(MOMENT);
    assertSession("a").isReady();
    assertThat(session("a").updatedAtMs()).isEqualTo(clock.now());
  }

  /** The store records the time. */
  private void ahead(Duration time) {
    sweep();
    clock.jump(time);
    sweep();
  }

  /** Sets back the clock, then the stored time. */
  private void correct(Duration time) {
    clock.setBack(time);
    sweep();
    upkeep().setTime(org, BY);
  }

  private void correctAfter(Duration time) {
    ahead(time);
    clock.setBack(time);
  }

  private List<String> warnings() {
    return upkeep().health().warnings();
  }
}
