package dev.sluice.service.api.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicStatsTest {

  private static final Instant NOW = Instant.parse("2026-11-26T00:00:10Z");
  private static final long MIDNIGHT = Instant.parse("2026-11-26T00:00:00Z").toEpochMilli();
  private static final Counts COUNTS = new Counts(1, 2, 3, 4, 5, 6);

  @Test
  void todayBeginsAtMidnight() {
    PublicStats stats =
        PublicStats.of(
            List.of(),
            COUNTS,
            List.of(
                ended(MIDNIGHT + 9_000, SessionState.COMPLETED, 1_500_000),
                ended(MIDNIGHT, SessionState.FAILED, 250_000),
                ended(MIDNIGHT - 1, SessionState.COMPLETED, 10_000_000)),
            true,
            NOW);
    assertThat(stats.completedToday()).isEqualTo(1);
    assertThat(stats.sessionCountToday()).isEqualTo(2 + 5);
    assertThat(stats.totalCostToday().json()).isEqualTo("1.75");
    assertThat(stats.totalCostAllTime().json()).isEqualTo("11.75");
    assertThat(stats.todayIsComplete()).isTrue();
    assertThat(stats.queueDepth()).isEqualTo(10);
    assertThat(stats.agentsWorking()).isEqualTo(5);
    assertThat(stats.timestamp()).isEqualTo("2026-11-26T00:00:10Z");
  }

  @Test
  void whatIsNotCoveredIsSaid() {
    List<Session> ended = List.of(ended(MIDNIGHT + 1, SessionState.COMPLETED, 0));
    assertThat(PublicStats.of(List.of(), COUNTS, ended, true, NOW).todayIsComplete()).isFalse();
    assertThat(PublicStats.of(List.of(), COUNTS, ended, false, NOW).todayIsComplete()).isTrue();
    PublicStats none = PublicStats.of(List.of(), COUNTS, List.of(), false, NOW);
    assertThat(none.totalCostAllTime().json()).isEqualTo("0");
    assertThat(none.completedToday()).isZero();
  }

  @Test
  void onlySlotsThatMayBeFilledAreFree() {
    long later = NOW.toEpochMilli() + 1;
    List<Worker> workers = List.of(worker(0, 0), worker(later, 0), worker(0, 64));
    PublicStats stats = PublicStats.of(workers, COUNTS, List.of(), false, NOW);
    assertThat(stats.workersOnline()).isEqualTo(3);
    assertThat(stats.availableCapacity()).isEqualTo(2);
  }

  private static Worker worker(long quarantinedUntil, int returns) {
    Registration registration =
        new Registration(
            "w",
            "key",
            Dialect.STANDARD,
            "host",
            3,
            Projects.ALL,
            List.of(),
            false,
            null,
            "{}",
            List.of());
    return new Worker(
        registration,
        0,
        List.of("s"),
        0,
        0,
        false,
        false,
        0,
        0,
        quarantinedUntil,
        returns,
        64,
        false,
        false,
        0,
        null,
        0,
        List.of(),
        List.of(),
        null,
        "",
        0,
        0,
        0);
  }

  private static Session ended(long endedAtMs, SessionState state, long costMicroUsd) {
    return new Session(
        "s",
        "s",
        "s",
        Subject.NONE,
        "p",
        Place.ENDED,
        state,
        3,
        1,
        0,
        0,
        0,
        1,
        endedAtMs,
        endedAtMs,
        1,
        List.of(),
        null,
        0,
        0,
        ClaimState.NONE.with(
            claim ->
                claim
                    .owner("wkr_1")
                    .token(1)
                    .claimedAtMs(1)
                    .startedAtMs(1)
                    .lastSignMs(1)
                    .costMicroUsd(costMicroUsd)),
        ReturnInfo.NONE,
        "{}");
  }
}
