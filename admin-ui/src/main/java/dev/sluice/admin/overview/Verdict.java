package dev.sluice.admin.overview;

import dev.sluice.admin.fleet.Finding;
import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.SessionHealth;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fleet in one sentence.
 *
 * @param parts at most three findings, worst first
 * @param all the shown findings
 */
public record Verdict(
    String tone, String lead, List<Part> parts, @Nullable String more, Rows<Part> all) {

  private static final int MOST_PARTS = 3;

  private static final int MOST_LISTED = 50;

  public record Part(Badge badge, String name, String words, String link, boolean last) {

    private static Part of(Finding finding, Links links, boolean last) {
      return new Part(
          badge(finding.kind()),
          Formats.cut(finding.name(), 80),
          finding.words(),
          link(finding, links),
          last);
    }

    private static Badge badge(Finding.Kind kind) {
      return switch (kind) {
        case RUNS_ON -> new Badge(Badge.FAIL, "Critical");
        case STORE, NO_WORKER, WORKERS_AWAY, STUCK -> new Badge(Badge.FAIL, "Critical");
        case SILENT, UNREAD, DEAD, QUARANTINED, WARNING -> new Badge(Badge.WAIT, "Warning");
        case CLOSED -> new Badge(Badge.HELD, "Paused");
      };
    }

    private static String link(Finding finding, Links links) {
      return switch (finding.kind()) {
        case RUNS_ON -> links.session(finding.name());
        case STORE, WARNING -> links.to(Section.SYSTEM.path());
        case NO_WORKER, WORKERS_AWAY, CLOSED -> links.queue(finding.name());
        case STUCK -> links.faring(SessionHealth.STUCK);
        case SILENT -> links.faring(SessionHealth.SILENT);
        case UNREAD -> links.to(Section.INBOX.path());
        case DEAD -> links.dead();
        case QUARANTINED -> links.to(Section.WORKERS.path(), "state", "quarantined");
      };
    }
  }

  public static Verdict of(FleetSnapshot fleet, List<Finding> found, Links links) {
    if (found.isEmpty()) {
      return fleet.workers().isEmpty()
          ? calm(Badge.WAIT, "No workers yet: " + waiting(fleet) + ".")
          : calm(Badge.DONE, "Healthy: " + figures(fleet));
    }
    boolean harm = found.stream().anyMatch(finding -> finding.kind().harms());
    int shown = Math.min(MOST_PARTS, found.size());
    int others = found.size() - shown;
    return new Verdict(
        harm ? Badge.FAIL : Badge.WAIT,
        harm ? "Needs attention:" : "Warnings:",
        parts(found.subList(0, shown), links),
        others == 0 ? null : Formats.count(others) + " more below",
        new Rows<>(parts(found.subList(0, Math.min(MOST_LISTED, found.size())), links)));
  }

  private static List<Part> parts(List<Finding> found, Links links) {
    int last = found.size() - 1;
    return IntStream.range(0, found.size())
        .mapToObj(i -> Part.of(found.get(i), links, i == last))
        .toList();
  }

  private static Verdict calm(String tone, String sentence) {
    return new Verdict(tone, sentence, List.of(), null, new Rows<>(List.of()));
  }

  private static String waiting(FleetSnapshot fleet) {
    return Formats.count(fleet.counts().waiting()) + " waiting";
  }

  private static String figures(FleetSnapshot fleet) {
    return waiting(fleet)
        + ", "
        + Formats.count(fleet.counts().claimed())
        + " claimed, "
        + Formats.count(fleet.slots() - Math.min(fleet.slots(), fleet.busySlots()), "slot")
        + " free.";
  }
}
