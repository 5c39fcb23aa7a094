package dev.sluice.admin.view;

import dev.sluice.backend.StopRun;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order to stop many.
 *
 * @param id its id
 * @param badge whether all is over
 * @param says how far it has come, in a sentence
 * @param facts who ordered what, when and why
 * @param tabs how many sessions have come how far
 * @param note what the list is
 * @param table a page of the sessions
 * @param again this page, to look again; null once nothing can change
 */
public record StopView(
    Ref id,
    Badge badge,
    String says,
    List<Fact> facts,
    List<ListViews.Tab> tabs,
    String note,
    Table<Row> table,
    Pager pager,
    @Nullable String again) {

  /** A session. */
  public record Row(Ref id, Badge badge, @Nullable Ref worker, @Nullable TimeText since) {}

  /**
   * A page of an order's receipts.
   *
   * @param kind only those that have come so far; null for all
   * @param from how many come before
   * @param limit at most so many
   */
  public static StopView of(
      StopReport report,
      @Nullable Kind kind,
      int from,
      int limit,
      Pager pager,
      Links links,
      long now) {
    StopRun run = report.run();
    long open = report.receipts().stream().filter(each -> !each.kind().isFinal()).count();
    return new StopView(
        new Ref(run.id(), null),
        open == 0 ? new Badge(Badge.DONE, "over") : new Badge(Badge.ACTIVE, "stopping"),
        says(report, open),
        facts(run, links, now),
        tabs(report, kind, links),
        note(kind),
        new Table<>(
            report.receipts().stream()
                .filter(each -> kind == null || each.kind() == kind)
                .skip(from)
                .limit(limit)
                .map(each -> row(each, links, now))
                .toList()),
        pager,
        open == 0 ? null : links.stop(run.id(), "state", kind == null ? null : kind.wire()));
  }

  private static String says(StopReport report, long open) {
    if (report.receipts().isEmpty()) {
      return "Nothing ran there.";
    }
    long silent = report.count(Kind.SILENT);
    String still =
        open == 0
            ? "None of them runs any more"
            : Formats.count(open)
                + " of "
                + Formats.count(report.receipts().size(), "session")
                + " not over yet";
    return silent == 0
        ? still + "."
        : still + "; of " + Formats.count(silent) + " the worker never said a word.";
  }

  private static List<Fact> facts(StopRun run, Links links, long now) {
    String project = run.project();
    return new Fact.Facts()
        .ref("Project", project == null ? null : new Ref(project, links.queue(project)))
        .text("Of", project == null ? "all projects" : null)
        .text("Ordered by", run.actor())
        .time("At", TimeText.of(run.atMs(), now))
        .text("Reason", run.reason())
        .text("Sessions", Formats.count(run.targets().size()))
        .list();
  }

  private static List<ListViews.Tab> tabs(StopReport report, @Nullable Kind current, Links links) {
    String id = report.run().id();
    List<ListViews.Tab> tabs = new ArrayList<>();
    tabs.add(
        new ListViews.Tab(
            "all", links.stop(id), Formats.count(report.receipts().size()), current == null));
    Stream.of(Kind.values())
        .map(
            kind ->
                new ListViews.Tab(
                    kind.wire(),
                    links.stop(id, "state", kind.wire()),
                    Formats.count(report.count(kind)),
                    kind == current))
        .forEach(tabs::add);
    return tabs;
  }

  private static Row row(StopReceipt receipt, Links links, long now) {
    String worker = receipt.workerId();
    return new Row(
        new Ref(receipt.sessionId(), links.session(receipt.sessionId())),
        new Badge(tone(receipt.kind()), receipt.kind().wire()),
        worker == null ? null : new Ref(worker, links.worker(worker)),
        TimeText.of(receipt.sinceMs(), now));
  }

  private static String tone(Kind kind) {
    return switch (kind) {
      case SENT -> Badge.WAIT;
      case DELIVERED -> Badge.ACTIVE;
      case ACKNOWLEDGED, ENDED -> Badge.DONE;
      case SILENT -> Badge.FAIL;
    };
  }

  private static String note(@Nullable Kind kind) {
    if (kind == null) {
      return "In the order in which they were told to stop.";
    }
    return switch (kind) {
      case SENT -> "Their workers haven't been told yet.";
      case DELIVERED -> "Their workers were told, and said nothing yet.";
      case ACKNOWLEDGED -> "Their workers acknowledged it, and let go by that.";
      case ENDED -> "Their workers said that they ended, or they had ended before.";
      case SILENT -> "The grace or the lease was over before their workers said a word.";
    };
  }
}
