package dev.sluice.backend.tck.workers;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.queues.WhyItWaits;
import dev.sluice.backend.queues.WhyNoWork;
import dev.sluice.backend.sessions.ClaimDenial;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/rules.md, "Availability": the recorded one is the one that decides. */
abstract class AvailabilityCases extends Fixture {

  private static final int MAX_RETURNS = 3;

  @BeforeEach
  void begin() {
    openWith(rules().maxReturns(MAX_RETURNS).noShows(1));
    sweepOnce();
  }

  /** In the order of {@link Availability}. */
  enum Mark {
    RETIRED(Availability.RETIRED),
    DRAINED(Availability.DRAINING),
    DRAINS(Availability.DRAINING),
    QUARANTINED(Availability.QUARANTINED),
    NACKING(Availability.NACKING),
    FULL(Availability.FULL);

    final Availability availability;

    Mark(Availability availability) {
      this.availability = availability;
    }
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Mark.values())
        .flatMap(
            first ->
                Stream.of(Mark.values())
                    .filter(second -> second.compareTo(first) >= 0)
                    .map(second -> Arguments.of(first, second)));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource("pairs")
  void a_worker_is_the_first_that_applies_and_is_given_work_by_it(Mark first, Mark second) {
    KitWorker worker = scanner().on("machine").capacity(9).register();
    mark(worker, List.of(first, second));
    boolean full = first == Mark.FULL;
    add("j");
    enqueue(work("a"));

    assertThat(Availability.of(worker.record(), clock.now())).isEqualTo(first.availability);
    assertThat(worker.claimByName("a").denial())
        .isEqualTo(full ? ClaimDenial.FULL : ClaimDenial.UNAVAILABLE);
    List<WaitReason> told =
        WhyNoWork.reasons(
            worker.record(),
            queues().find(org, "default"),
            queues().buckets(org, List.of("default")).get(0),
            clock.now());
    assertThat(told).as("all that keeps it from work").hasSize(1);
    PollResult polled = worker.poll(1);
    assertThat(polled.work()).isEmpty();
    assertThat(polled.freeSlots()).isZero();
    assertThat(worker.takeJobs()).hasSize(full ? 1 : 0);
  }

  private void mark(KitWorker worker, List<Mark> marks) {
    claim(worker, work("held"));
    enqueue(works("nacked-", MAX_RETURNS));
    assertThat(worker.take(MAX_RETURNS)).hasSize(MAX_RETURNS);
    worker.beat(MAX_RETURNS + 1, null, null);
    Stream.concat(Stream.of("held"), nacked()).forEach(worker::touch);
    if (marks.contains(Mark.QUARANTINED)) {
      jump(MOMENT);
      claim(worker, work("missed"));
      passBeating(ACCEPT, worker);
      stop("missed");
    }
    if (marks.contains(Mark.NACKING)) {
      nacked().forEach(worker::nack);
    }
    if (marks.contains(Mark.DRAINED)) {
      worker.drain();
    }
    if (marks.contains(Mark.DRAINS)) {
      worker.beat(0, null, true);
    }
    if (marks.contains(Mark.RETIRED)) {
      worker().on("machine").draining().register();
    }
    if (marks.contains(Mark.FULL)) {
      worker.beat(0, worker.activeSessions().size(), null);
    }
  }

  private static Stream<String> nacked() {
    return Stream.of(works("nacked-", MAX_RETURNS)).map(WorkBuilder::id);
  }

  @Test
  void a_silent_worker_is_given_work_as_soon_as_it_calls() {
    worker.register();
    pass(LEASE);
    enqueue(work("a"));
    assertThat(availability(worker)).isEqualTo(Availability.SILENT);

    assertThat(worker.take(1)).containsExactly("a");

    assertThat(availability(worker)).isEqualTo(Availability.READY);
  }

  @Test
  void standing_nacks_are_told_and_why_work_waits_for_them() {
    enqueue(works("nacked-", MAX_RETURNS));
    assertThat(worker.take(MAX_RETURNS)).hasSize(MAX_RETURNS);
    for (int n = 1; n <= MAX_RETURNS; n++) {
      assertThat(availability(worker)).isEqualTo(Availability.READY);
      worker.nack(works("nacked-", MAX_RETURNS)[n - 1].id());
      assertThat(worker.record().returns()).isEqualTo(n);
      assertThat(worker.record().maxReturns()).isEqualTo(MAX_RETURNS);
    }
    enqueue(work("a"));

    assertThat(availability(worker)).isEqualTo(Availability.NACKING);
    List<Worker> all = workers().list(org, null, 100).items();
    assertThat(WhyItWaits.reasons(standing("a"), all, clock.now()))
        .extracting(WaitReason::kind)
        .containsExactly(WaitReason.Kind.WORKERS_NACKING);

    pass(BACK_OFF);
    assertThat(worker.record().returns()).isZero();
    assertThat(availability(worker)).isEqualTo(Availability.READY);
    assertThat(worker.take(1)).hasSize(1);
  }

  @Test
  void a_revoked_credential_comes_before_all() {
    Key key = new Key("key-" + UUID.randomUUID(), org, Key.Type.USER, "", Set.of(), List.of());
    Credentials credentials = credentials();
    credentials.addKey(newHash(), key);
    KitWorker worker = worker().registeredBy(key.id()).register();
    worker.drain();
    pass(LEASE);

    credentials.revoke(org, key.id());

    assertThat(availability(worker)).isEqualTo(Availability.REVOKED);
  }

  private Availability availability(KitWorker worker) {
    return Availability.of(worker.record(), clock.now());
  }
}
