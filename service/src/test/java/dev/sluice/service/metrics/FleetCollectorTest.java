package dev.sluice.service.metrics;

import static dev.sluice.service.metrics.MeteredFleet.ORG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetCollectorTest {

  private final MeteredFleet fleet = new MeteredFleet();
  private final long start = fleet.clock.now();

  @Test
  void queuesAreShownByPlaceWithTheAgeOfTheOldest() {
    fleet.register("w", 1, false);
    fleet.enqueue("a", "web", start - 90_000);
    fleet.enqueue("b", "web", start - 60_500);
    fleet.enqueue("c", "app", start + 1_000);
    fleet.poll("w");
    fleet.pause("web");
    fleet.limit("app", new QueueLimits(0, 0L));

    Exposition page = fleet.scrape();
    assertThat(items(page, "web", "ready")).isEqualTo(1);
    assertThat(items(page, "web", "claimed")).isEqualTo(1);
    assertThat(items(page, "web", "dead")).isZero();
    assertThat(of(page, "sluice_queue_oldest_age_seconds", "web")).isEqualTo(60.5);
    assertThat(of(page, "sluice_queue_oldest_age_seconds", "app")).isZero();
    assertThat(of(page, "sluice_queue_paused", "web")).isEqualTo(1);
    assertThat(of(page, "sluice_queue_paused", "app")).isZero();
    assertThat(of(page, "sluice_queue_capped", "app")).isEqualTo(1);
    assertThat(of(page, "sluice_queue_over_budget", "app")).isEqualTo(1);
    assertThat(page.value("sluice_store_up")).isEqualTo(1);
    assertThat(page.value("sluice_sample_complete")).isEqualTo(1);
  }

  @Test
  void theDemandIsWhatPollsWouldClaim() {
    fleet.register("w", 1, false);
    fleet.enqueue("a", "web", start);
    fleet.enqueue("b", "web", start);
    fleet.enqueue("c", "web", start);
    fleet.poll("w");
    Exposition page = fleet.scrape();
    assertThat(of(page, "sluice_autoscale_desired", "web")).isEqualTo(3);
    assertThat(of(page, "sluice_autoscale_unmet", "web")).isEqualTo(2);

    fleet.limit("web", new QueueLimits(2, null));
    assertThat(of(fleet.scrape(), "sluice_autoscale_desired", "web")).isEqualTo(2);
    fleet.pause("web");
    page = fleet.scrape();
    assertThat(of(page, "sluice_autoscale_desired", "web")).isEqualTo(1);
    assertThat(of(page, "sluice_autoscale_unmet", "web")).isZero();
  }

  @Test
  void whatAProjectHadGoesWithItAndItsHandOutsAWhileLater() {
    fleet.register("w", 9, false);
    fleet.enqueue("a", "web", start);
    fleet.enqueue("b", "app", start + 1);
    fleet.poll("w");
    assertThat(fleet.scrape().hasProject("web")).isTrue();

    fleet.stop("a");
    fleet.report("a", "w", SessionState.STOPPED);
    Exposition page = fleet.scrape();
    assertThat(items(page, "web", "ready")).as("no queue is shown").isEqualTo(-1);
    assertThat(of(page, "sluice_handouts_total", "web")).isEqualTo(1);

    fleet.nanos.addAndGet(HandOuts.KEPT.toNanos());
    fleet.poll("w");
    fleet.scrape(); // finds it gone
    page = fleet.scrape();
    assertThat(page.hasProject("web")).isFalse();
    assertThat(of(page, "sluice_handouts_total", "app")).isEqualTo(1);

    fleet.nanos.addAndGet(HandOuts.KEPT.toNanos());
    fleet.scrape();
    assertThat(of(fleet.scrape(), "sluice_handouts_total", "app"))
        .as("of a project that is there they stay")
        .isEqualTo(1);
    fleet.enqueue("c", "web", start);
    fleet.poll("w");
    assertThat(of(fleet.scrape(), "sluice_handouts_total", "web")).isEqualTo(1);
  }

  @Test
  void reportsAfterStopsBeginAtZeroInEachOrg() {
    fleet.enqueue("a", "web", start);

    fleet.scrape(); // finds the org
    assertThat(fleet.scrape().value("sluice_reports_after_stop_total", "org", ORG)).isZero();
  }

  @Test
  void theStoreIsShownWithItsNodesBytesAndLastExport() {
    fleet.enqueue("a", "web", start);
    Exposition page = fleet.scrape();
    assertThat(page.value("sluice_nodes")).isEqualTo(1);
    assertThat(page.value("sluice_nodes_expected")).isEqualTo(3);
    assertThat(page.value("sluice_store_warnings")).isZero();
    assertThat(page.value("sluice_stored_bytes", "org", ORG)).isGreaterThan(400);
    assertThat(page.value("sluice_stored_bytes_limit")).isGreaterThan(1_000_000);
    assertThat(lastExport(page)).as("none yet").isEqualTo(-1);

    fleet.audited("export");
    assertThat(lastExport(fleet.scrape())).as("the log is read once a minute").isEqualTo(-1);
    fleet.nanos.addAndGet(LastExports.EVERY.toNanos());
    double first = lastExport(fleet.scrape());
    assertThat(first).isEqualTo(fleet.clock.now() / 1000.0);

    fleet.clock.jump(Duration.ofHours(1));
    fleet.audited("pause");
    fleet.nanos.addAndGet(LastExports.EVERY.toNanos());
    assertThat(lastExport(fleet.scrape())).as("other lines are none").isEqualTo(first);
    fleet.audited("export");
    fleet.audited("pause");
    fleet.nanos.addAndGet(LastExports.EVERY.toNanos());
    assertThat(lastExport(fleet.scrape())).isEqualTo(first + 3_600);
  }

  private static double lastExport(Exposition page) {
    return page.value("sluice_last_export_timestamp_seconds", "org", ORG);
  }

  @Test
  void theLargestProjectsAreShownAndTheRestTogether() {
    int more = ProjectName.MAX_SHOWN + 3;
    fleet.register("w", 2 * more, false);
    for (int i = 0; i < more; i++) {
      fleet.enqueue("small-" + i, "p-" + i, start - i * 1_000);
      fleet.poll("w");
    }
    fleet.enqueue("large-1", "large", start);
    fleet.enqueue("large-2", "large", start);
    fleet.enqueue("other", ProjectName.OTHER, start - 3_600_000);

    Exposition page = fleet.scrape();
    assertThat(items(page, "large", "ready")).isEqualTo(2);
    assertThat(items(page, ProjectName.OTHER, "ready")).isEqualTo(1);
    assertThat(items(page, ProjectName.OTHER, "claimed")).isEqualTo(4);
    assertThat(of(page, "sluice_queue_oldest_age_seconds", ProjectName.OTHER)).isEqualTo(3_600);
    assertThat(of(page, "sluice_queue_paused", ProjectName.OTHER)).isEqualTo(-1);
    assertThat(of(page, "sluice_handouts_total", ProjectName.OTHER)).isEqualTo(3);
    assertThat(of(page, "sluice_handouts_total", "p-0")).isEqualTo(1);
  }

  @Test
  void workersAreShownByState() {
    fleet.register("active", 1, false);
    fleet.register("draining", 1, true);
    fleet.register("drained", 1, false);
    fleet.drain("drained");
    fleet.register("gone", 1, true);
    fleet.pass(Duration.ofMillis(Rules.DEFAULTS.leaseMs() - 1_000));
    fleet.register("active", 1, false);
    fleet.register("draining", 1, true);
    fleet.register("drained", 1, false);
    fleet.pass(Duration.ofMillis(2_000));

    Exposition page = fleet.scrape();
    assertThat(workers(page, "active")).isEqualTo(1);
    assertThat(workers(page, "draining")).isEqualTo(2);
    assertThat(workers(page, "silent")).isEqualTo(1);
    assertThat(workers(page, "quarantined")).isZero();
  }

  @Test
  void manyScrapesOfASecondReadTheFleetOnce() {
    fleet.enqueue("a", "web", start);
    assertThat(items(fleet.scrape(), "web", "ready")).isEqualTo(1);
    fleet.enqueue("b", "web", start);

    fleet.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(items(Exposition.of(fleet.meters.registry()), "web", "ready")).isEqualTo(1);
    assertThat(items(fleet.scrape(), "web", "ready")).isEqualTo(2);
  }

  @Test
  void namesOfProjectsAreEscaped() {
    String name = "a\"b\\c{d=\"e\"} 1, # \ud83d\ude80";
    fleet.enqueue("a", name, start);

    assertThat(items(fleet.scrape(), name, "ready")).isEqualTo(1);
  }

  private static double items(Exposition page, String project, String place) {
    return page.value("sluice_queue_items", "org", ORG, "project", project, "place", place);
  }

  private static double of(Exposition page, String name, String project) {
    return page.value(name, "org", ORG, "project", project);
  }

  private static double workers(Exposition page, String state) {
    return page.value("sluice_workers", "org", ORG, "state", state);
  }
}
