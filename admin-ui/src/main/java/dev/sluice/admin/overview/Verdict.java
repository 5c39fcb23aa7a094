package dev.sluice.admin.overview;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.findings.FindingKind;
import dev.sluice.fleet.Finding;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.WorkerStatus;
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

  /**
   * @param since null before the store has it
   * @param owner null if nobody acknowledged it
   * @param mutedUntil null if not muted
   * @param acts what cures it first
   */
  public record Part(
      Badge badge,
      String name,
      String words,
      String link,
      boolean last,
      @Nullable TimeText since,
      @Nullable Owner owner,
      @Nullable TimeText mutedUntil,
      ActButton.Menu acts) {

    public record Owner(String name, @Nullable TimeText since, String reason) {}

    private static Part of(Finding finding, Cures cures, Visit visit, boolean last) {
      var record = finding.record();
      boolean muted = finding.muted(visit.now());
      return new Part(
          finding.kind().critical() ? new Badge(Badge.FAIL, "Critical") : warning(finding.kind()),
          Formats.cut(finding.subject(), 80),
          finding.words(),
          cures.page(finding),
          last,
          record == null ? null : TimeText.of(record.beganAtMs(), visit.now()),
          record == null ? null : owner(record, visit.now()),
          record == null || !muted ? null : TimeText.of(record.mutedUntilMs(), visit.now()),
          cures.acts(finding, muted));
    }

    private static @Nullable Owner owner(dev.sluice.backend.findings.Finding record, long now) {
      String actor = record.owner();
      return actor == null
          ? null
          : new Owner(
              ActorText.of(actor).name(), TimeText.of(record.ownedAtMs(), now), record.reason());
    }

    private static Badge warning(FindingKind kind) {
      return kind == FindingKind.PAUSED || kind == FindingKind.OVER_BUDGET
          ? new Badge(Badge.HELD, "Paused")
          : new Badge(Badge.WAIT, "Warning");
    }
  }

  public static Verdict of(FleetSnapshot fleet, List<Finding> found, Visit visit) {
    List<Finding> heard = found.stream().filter(each -> !each.muted(visit.now())).toList();
    Cures cures = new Cures(fleet, visit);
    Rows<Part> all =
        new Rows<>(parts(found.subList(0, Math.min(MOST_LISTED, found.size())), cures, visit));
    if (heard.isEmpty()) {
      String muted = found.isEmpty() ? "" : " " + Formats.count(found.size()) + " muted.";
      return calm(fleet, muted, all);
    }
    boolean harm = heard.stream().anyMatch(finding -> finding.kind().critical());
    int shown = Math.min(MOST_PARTS, heard.size());
    int others = heard.size() - shown;
    return new Verdict(
        harm ? Badge.FAIL : Badge.WAIT,
        harm ? "Needs attention:" : "Warnings:",
        parts(heard.subList(0, shown), cures, visit),
        others == 0 ? null : Formats.count(others) + " more below",
        all);
  }

  private static List<Part> parts(List<Finding> found, Cures cures, Visit visit) {
    int last = found.size() - 1;
    return IntStream.range(0, found.size())
        .mapToObj(i -> Part.of(found.get(i), cures, visit, i == last))
        .toList();
  }

  private static Verdict calm(FleetSnapshot fleet, String muted, Rows<Part> all) {
    if (fleet.workers().isEmpty()) {
      return calm(Badge.WAIT, "No worker is registered: " + waiting(fleet) + "." + muted, all);
    }
    long serving =
        fleet.workers().stream().filter(worker -> fleet.stateOf(worker).serves()).count();
    if (serving == 0) {
      return calm(Badge.WAIT, "No worker takes work: " + figures(fleet) + muted, all);
    }
    return serving == fleet.in(WorkerStatus.QUIET)
        ? calm(Badge.WAIT, "No worker polls: " + figures(fleet) + muted, all)
        : calm(Badge.DONE, "Healthy: " + figures(fleet) + muted, all);
  }

  private static Verdict calm(String tone, String sentence, Rows<Part> all) {
    return new Verdict(tone, sentence, List.of(), null, all);
  }

  private static String waiting(FleetSnapshot fleet) {
    return Formats.count(fleet.counts().waiting()) + " waiting";
  }

  private static String figures(FleetSnapshot fleet) {
    long quiet = fleet.in(WorkerStatus.QUIET);
    return waiting(fleet)
        + ", "
        + Formats.count(fleet.counts().claimed())
        + " claimed, "
        + Formats.count(fleet.slots() - Math.min(fleet.slots(), fleet.busySlots()), "slot")
        + " free"
        + (quiet == 0 ? "." : ", " + Formats.count(quiet, "worker") + " quiet.");
  }
}
