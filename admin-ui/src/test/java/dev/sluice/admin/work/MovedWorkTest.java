package dev.sluice.admin.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.control.FleetSearch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that moved between the times at which two lists were read. */
class MovedWorkTest extends PageTestBase {

  private Session before;

  @BeforeEach
  void claim() {
    fleet.worker("w-1");
    fleet.work("ses-1").enqueue();
    fleet.poll("w-1", 1);
    before = fleet.session("ses-1");
    later();
  }

  @Test
  void aSessionThatEndedAndIsClaimedAgainIsFoundOnceAsClaimed() {
    fleet.report("ses-1", "w-1", SessionState.FAILED, Map.of());
    Session ended = fleet.session("ses-1");
    later();
    fleet.requeue("ses-1");
    fleet.poll("w-1", 1);

    FleetSearch.Found found = find(fleet.session("ses-1"), List.of(), List.of(ended));

    assertThat(found.claims()).hasSize(1);
    assertThat(found.ended()).isEmpty();
  }

  @Test
  void aSessionThatEndedSinceClaimsWereReadIsFoundOnceAsEnded() {
    fleet.report("ses-1", "w-1", SessionState.FAILED, Map.of());

    FleetSearch.Found found = find(before, List.of(), List.of(fleet.session("ses-1")));

    assertThat(found.claims()).isEmpty();
    assertThat(found.ended()).hasSize(1);
  }

  @Test
  void aDeadLetterThatWasDiscardedIsFoundOnceAsEnded() {
    fleet.deny("ses-1", "w-1", "no");
    Session dead = fleet.session("ses-1");
    fleet.stop("ses-1");

    FleetSearch.Found found = find(before, List.of(dead), List.of(fleet.session("ses-1")));

    assertThat(found.claims()).isEmpty();
    assertThat(found.dead()).isEmpty();
    assertThat(found.ended()).hasSize(1);
  }

  private static FleetSearch.Found find(Session claimed, List<Session> dead, List<Session> ended) {
    return new FleetSearch(
            List.of(Claim.of(claimed)),
            Map.of(),
            new FleetSearch.Unclaimed(List.of(), dead, ended, false),
            List.of(),
            Map.of(),
            List.of())
        .find("ses-1", project -> true, worker -> true, true);
  }

  private void later() {
    server.clock.jump(Duration.ofSeconds(1));
  }
}
