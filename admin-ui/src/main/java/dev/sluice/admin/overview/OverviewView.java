package dev.sluice.admin.overview;

import dev.sluice.admin.activity.AuditRow;
import dev.sluice.admin.queues.QueueRow;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Spark;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.fleet.Finding;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.SessionHealth;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param healthAsOf null if as old as the other figures
 * @param allQueues null if all are shown
 * @param actions null without the store
 * @param addWorker null if there is a worker, or without the right
 * @param firstRun commands; null if there is or was a worker or work
 */
public record OverviewView(
    Verdict verdict,
    List<HealthRow> health,
    @Nullable TimeText healthAsOf,
    Rows<QueueRow> queues,
    @Nullable String allQueues,
    @Nullable Acts actions,
    @Nullable String addWorker,
    @Nullable String firstRun,
    ActButton.Menu acts) {

  private static final int MOST_QUEUES = 20;

  private static final long LATER_MS = Duration.ofSeconds(2).toMillis();

  public record HealthRow(Badge badge, String count, String means, String link) {}

  public record Acts(Rows<AuditRow> table, String link) {}

  public static OverviewView of(
      FleetSnapshot fleet,
      List<Finding> found,
      Function<String, @Nullable Spark> sparks,
      @Nullable Acts actions,
      @Nullable String addWorker,
      ActButton.Menu acts,
      boolean untouched,
      Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    List<QueueRow> queues =
        fleet.queues().stream()
            .sorted(Comparator.comparingLong(queue -> -queue.counts().waiting()))
            .limit(MOST_QUEUES)
            .map(queue -> QueueRow.of(queue, fleet, sparks.apply(queue.project()), links, now))
            .toList();
    return new OverviewView(
        Verdict.of(fleet, found, visit),
        Stream.of(SessionHealth.values()).map(each -> health(fleet, each, links)).toList(),
        healthAsOf(fleet, now),
        new Rows<>(queues),
        queues.size() < fleet.queues().size() ? links.to(Section.QUEUES.path()) : null,
        actions,
        fleet.workers().isEmpty() ? addWorker : null,
        untouched ? firstItem(visit.server()) : null,
        acts);
  }

  private static String firstItem(URI server) {
    return ". ./data/credentials.env\n"
        + CurlLine.of(
            server, "POST", "/api/work", "{\"prompt\": \"Say hello\", \"projectName\": \"demo\"}");
  }

  private static HealthRow health(FleetSnapshot fleet, SessionHealth health, Links links) {
    return new HealthRow(
        Badge.of(health),
        Formats.count(fleet.faring(health)),
        health.means(),
        links.faring(health));
  }

  private static @Nullable TimeText healthAsOf(FleetSnapshot fleet, long now) {
    long countedAt = fleet.claims().countedAtMs();
    return fleet.takenAtMs() - countedAt < LATER_MS ? null : TimeText.of(countedAt, now);
  }
}
