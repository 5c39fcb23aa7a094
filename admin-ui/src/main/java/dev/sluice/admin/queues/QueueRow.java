package dev.sluice.admin.queues;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Spark;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.fleet.FleetSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * @param why null while open
 * @param oldest null without ready or returned work
 * @param spent null without a budget
 * @param workers available takers; null if unknown
 * @param unserved true if work waits without an available worker
 * @param spark null without data
 */
public record QueueRow(
    Ref project,
    Badge badge,
    @Nullable String why,
    String inOrder,
    @Nullable TimeText oldest,
    String parked,
    String later,
    String claimed,
    String dead,
    @Nullable String spent,
    @Nullable String workers,
    boolean unserved,
    @Nullable Spark spark) {

  public static QueueRow of(
      ProjectQueue queue,
      @Nullable FleetSnapshot fleet,
      @Nullable Spark spark,
      Links links,
      long now) {
    Counts counts = queue.counts();
    long inOrder = counts.ready() + counts.returned();
    long workers = fleet == null ? -1 : serving(fleet, queue.project());
    Integer most = queue.limits().maxConcurrent();
    return new QueueRow(
        new Ref(queue.project(), links.queue(queue.project())),
        Badge.of(queue),
        why(queue, now),
        Formats.count(inOrder),
        TimeText.of(queue.oldestQueuedAtMs(), now),
        Formats.count(counts.parked()),
        Formats.count(counts.later()),
        Formats.count(counts.claimed()) + (most == null ? "" : " / " + Formats.count(most)),
        Formats.count(counts.dead()),
        spent(queue),
        workers < 0 ? null : Formats.count(workers),
        workers == 0 && inOrder > 0,
        spark);
  }

  private static long serving(FleetSnapshot fleet, String project) {
    return fleet.takers(project).stream().filter(each -> fleet.stateOf(each).serves()).count();
  }

  private static @Nullable String why(ProjectQueue queue, long now) {
    Pause pause = queue.pause();
    if (pause == null) {
      return null;
    }
    String until = pause.untilMs() == 0 ? "" : ", ends " + Formats.relative(pause.untilMs(), now);
    String why = pause.reason().isEmpty() ? "" : ": " + Formats.cut(pause.reason(), 200);
    return "by " + Formats.cut(pause.actor(), 80) + until + why;
  }

  static @Nullable String spent(ProjectQueue queue) {
    Long budget = queue.limits().dailyBudgetMicroUsd();
    return budget == null
        ? null
        : Formats.usd(queue.spentMicroUsd()) + " of " + Formats.usd(budget);
  }
}
