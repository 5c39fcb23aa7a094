package dev.sluice.admin.stops;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.view.WorkerName;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The receipts of a stop order.
 *
 * @param alarm sessions that still run; null for none
 * @param again address to refresh; null once all receipts are final
 */
public record StopView(
    Ref id,
    Badge badge,
    String says,
    @Nullable String alarm,
    List<Fact> facts,
    List<Tab> tabs,
    String note,
    Rows<Row> table,
    Pager pager,
    @Nullable String again) {

  private static final int MOST_HOSTS = 5;

  public record Row(
      SessionName session,
      Badge badge,
      @Nullable WorkerName worker,
      @Nullable TimeText since,
      @Nullable TimeText reported) {}

  /**
   * @param kind null for all
   * @param from offset
   */
  public static StopView of(
      StopReport report,
      @Nullable Kind kind,
      int from,
      int limit,
      Pager pager,
      SessionNames names,
      Links links,
      long now) {
    StopOrder run = report.run();
    long open = report.receipts().stream().filter(each -> !each.kind().isFinal()).count();
    return new StopView(
        new Ref(run.id(), null),
        badge(report, open),
        says(report, open),
        alarm(report),
        facts(run, links, now),
        tabs(report, kind, links),
        note(kind),
        new Rows<>(
            listed(report, kind, from, limit)
                .map(each -> row(each, names.of(each.sessionId()), links, now))
                .toList()),
        pager,
        open == 0 ? null : links.stop(run.id(), "state", kind == null ? null : kind.wire()));
  }

  static Stream<StopReceipt> listed(StopReport report, @Nullable Kind kind, int from, int limit) {
    return report.receipts().stream()
        .filter(each -> kind == null || each.kind() == kind)
        .skip(from)
        .limit(limit);
  }

  private static @Nullable String alarm(StopReport report) {
    long running = report.stillReporting();
    return running == 0
        ? null
        : "Critical: "
            + Formats.count(running, "session")
            + (running == 1 ? " still reports" : " still report")
            + " after the stop. End the agent on its host.";
  }

  private static Badge badge(StopReport report, long open) {
    if (report.stillReporting() > 0) {
      return new Badge(Badge.FAIL, "still running");
    }
    if (open > 0) {
      return new Badge(Badge.ACTIVE, "stopping");
    }
    return report.unconfirmed() > 0
        ? new Badge(Badge.HELD, Formats.count(report.unconfirmed()) + " unconfirmed")
        : new Badge(Badge.DONE, "done");
  }

  private static String says(StopReport report, long open) {
    if (report.receipts().isEmpty()) {
      return "No session was claimed.";
    }
    String says =
        Formats.count(report.confirmed())
            + " of "
            + Formats.count(report.receipts().size())
            + " confirmed";
    if (open > 0) {
      says += ", " + Formats.count(open) + " still stopping";
    }
    long silent = report.unconfirmed();
    if (silent == 0) {
      return says + ".";
    }
    return says
        + ", "
        + Formats.count(silent)
        + " unconfirmed: no answer from "
        + (silent == 1 ? "its worker" : "their workers")
        + " in time; "
        + (silent == 1 ? "its agent" : "their agents")
        + " may still be running"
        + on(report.hosts())
        + ".";
  }

  private static String on(List<String> hosts) {
    if (hosts.isEmpty()) {
      return "";
    }
    List<String> named =
        hosts.stream().limit(MOST_HOSTS).map(host -> Formats.cut(host, 80)).toList();
    int more = hosts.size() - named.size();
    return " on " + String.join(", ", named) + (more == 0 ? "" : " and " + more + " more");
  }

  private static List<Fact> facts(StopOrder run, Links links, long now) {
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

  private static List<Tab> tabs(StopReport report, @Nullable Kind current, Links links) {
    String id = report.run().id();
    List<Tab> tabs = new ArrayList<>();
    tabs.add(
        new Tab("all", links.stop(id), Formats.count(report.receipts().size()), current == null));
    Stream.of(Kind.values())
        .map(
            kind ->
                new Tab(
                    words(kind),
                    links.stop(id, "state", kind.wire()),
                    Formats.count(report.count(kind)),
                    kind == current))
        .forEach(tabs::add);
    return tabs;
  }

  private static Row row(StopReceipt receipt, SessionName session, Links links, long now) {
    String worker = receipt.workerId();
    return new Row(
        session,
        receipt.heardMs() == 0
            ? new Badge(tone(receipt.kind()), words(receipt.kind()))
            : new Badge(Badge.FAIL, "still running"),
        worker == null ? null : WorkerName.of(worker, receipt.host(), links),
        TimeText.of(receipt.sinceMs(), now),
        TimeText.of(receipt.heardMs(), now));
  }

  private static String words(Kind kind) {
    return kind == Kind.SILENT ? "unconfirmed" : kind.wire();
  }

  private static String tone(Kind kind) {
    return switch (kind) {
      case SENT -> Badge.WAIT;
      case DELIVERED -> Badge.ACTIVE;
      case ACKNOWLEDGED, ENDED -> Badge.DONE;
      case SILENT -> Badge.HELD;
    };
  }

  private static String note(@Nullable Kind kind) {
    if (kind == null) {
      return "All sessions of this order.";
    }
    return switch (kind) {
      case SENT -> "Not delivered yet.";
      case DELIVERED -> "Delivered, no answer yet.";
      case ACKNOWLEDGED -> "Acknowledged by the worker.";
      case ENDED -> "Ended, by the worker's report or before the stop.";
      case SILENT -> "No answer before the stop timed out. The agent may still be running.";
    };
  }
}
