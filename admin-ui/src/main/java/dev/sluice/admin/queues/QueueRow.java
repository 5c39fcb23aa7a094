package dev.sluice.admin.queues;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Spark;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.ProjectQueue;
import org.jspecify.annotations.Nullable;

/**
 * A project's queue as a row of a table.
 *
 * @param project its name and page
 * @param badge whether it hands out
 * @param why why it doesn't, in words; null while it does
 * @param inOrder ready and returned work
 * @param oldest since when the oldest of it waits; null where there is none
 * @param claimed claimed sessions, with the limit where there is one
 * @param spent what it spent of its budget; null without one
 * @param workers how many workers that serve take it; null where that isn't known now
 * @param unserved whether work waits and no worker that serves takes it
 * @param spark its work in order over the last quarter of an hour; null where nothing is known
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

  /** Of a queue, beside the fleet as it was seen last. */
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
