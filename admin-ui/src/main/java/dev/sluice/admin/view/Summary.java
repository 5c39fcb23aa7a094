package dev.sluice.admin.view;

import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.Reading;
import dev.sluice.fleet.SessionHealth;
import dev.sluice.fleet.WorkerStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param line true for one line instead of tiles
 * @param away true if the store doesn't answer
 */
public record Summary(List<Figure> figures, @Nullable TimeText asOf, boolean line, boolean away) {

  public record Figure(
      String label, String value, @Nullable String note, @Nullable String tone, String link) {}

  public static Summary of(Reading reading, boolean line, Links links, long now) {
    FleetSnapshot fleet = reading.fleet();
    return fleet == null
        ? new Summary(List.of(), null, line, reading.away())
        : new Summary(
            figures(fleet, links), TimeText.of(fleet.takenAtMs(), now), line, reading.away());
  }

  private static List<Figure> figures(FleetSnapshot fleet, Links links) {
    return List.of(
        waiting(fleet, links),
        slots(fleet, links),
        claimed(fleet, links),
        health(fleet, links),
        urgent(fleet, links),
        dead(fleet, links),
        spend(fleet, links),
        orders(fleet, links));
  }

  private static Figure waiting(FleetSnapshot fleet, Links links) {
    long oldest = fleet.oldestQueuedAtMs();
    return new Figure(
        "Waiting",
        Formats.count(fleet.counts().waiting()),
        oldest == 0 ? null : "oldest " + Formats.span(fleet.takenAtMs() - oldest),
        null,
        links.to(Section.QUEUES.path()));
  }

  private static Figure slots(FleetSnapshot fleet, Links links) {
    return new Figure(
        "Slots busy",
        Formats.count(fleet.busySlots()) + " / " + Formats.count(fleet.slots()),
        Formats.count(fleet.polledLately(), "worker") + " polling",
        null,
        links.to(Section.WORKERS.path()));
  }

  private static Figure claimed(FleetSnapshot fleet, Links links) {
    long open = fleet.claims().notAccepted();
    return new Figure(
        "Claimed",
        Formats.count(fleet.counts().claimed()),
        open == 0 ? "all accepted" : Formats.count(open) + " not accepted yet",
        open == 0 ? null : Badge.WAIT,
        links.to(Section.WORK.path()));
  }

  private static Figure health(FleetSnapshot fleet, Links links) {
    long stuck = fleet.faring(SessionHealth.STUCK);
    long silent = fleet.faring(SessionHealth.SILENT);
    long slow = fleet.faring(SessionHealth.SLOW);
    return new Figure(
        "Silent or stuck",
        Formats.count(stuck + silent),
        slow == 0 ? null : Formats.count(slow) + " slow",
        stuck > 0 ? Badge.FAIL : silent > 0 ? Badge.WAIT : null,
        stuck > 0
            ? links.faring(SessionHealth.STUCK)
            : silent > 0 ? links.faring(SessionHealth.SILENT) : links.to(Section.WORK.path()));
  }

  private static Figure urgent(FleetSnapshot fleet, Links links) {
    long unread = fleet.inbox().urgent();
    return new Figure(
        "Urgent unread",
        Formats.count(unread),
        unread == 0 ? null : "oldest " + Formats.span(fleet.urgentUnreadMs()),
        fleet.urgentIsLate() ? Badge.WAIT : null,
        links.to(Section.INBOX.path()));
  }

  private static Figure dead(FleetSnapshot fleet, Links links) {
    long dead = fleet.counts().dead();
    return new Figure(
        "Dead letters", Formats.count(dead), null, dead == 0 ? null : Badge.FAIL, links.dead());
  }

  private static Figure spend(FleetSnapshot fleet, Links links) {
    return new Figure(
        "Spend today",
        Formats.usd(fleet.spend().todayMicroUsd()),
        Formats.usd(fleet.spend().anHourMicroUsd()) + " an hour",
        null,
        links.to(Section.SPEND.path()));
  }

  private static Figure orders(FleetSnapshot fleet, Links links) {
    long paused = fleet.queues().stream().filter(queue -> queue.pause() != null).count();
    long draining = fleet.in(WorkerStatus.DRAINING);
    List<String> words = new ArrayList<>();
    if (paused > 0) {
      words.add(Formats.count(paused) + " paused");
    }
    if (draining > 0) {
      words.add(Formats.count(draining) + " draining");
    }
    return new Figure(
        "On hold",
        words.isEmpty() ? "none" : Formats.count(paused + draining),
        words.isEmpty() ? null : String.join(", ", words),
        words.isEmpty() ? null : Badge.HELD,
        links.to(draining > paused ? Section.WORKERS.path() : Section.QUEUES.path()));
  }
}
