package dev.sluice.admin.spend;

import dev.sluice.admin.charts.StoredHistory;
import dev.sluice.admin.charts.TimeRange;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.Spend;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Running sessions by cost, and the costs of a range by project, model and host. */
@Path("admin/spend")
public record SpendPage(Shell shell, Sessions sessions, StoredHistory history) {

  private static final List<TimeRange> RANGES =
      List.of(TimeRange.HOUR, TimeRange.DAY, TimeRange.WEEK);

  @GET
  public Response page(
      @Context ContainerRequestContext request, @QueryParam("span") @Nullable String span) {
    return shell.answer(request, Section.SPEND, visit -> content(visit, span(visit, span)));
  }

  private Content content(Visit visit, TimeRange span) {
    FleetSnapshot fleet = visit.reading().fleet();
    if (fleet == null) {
      return new Content(Section.SPEND, Problems.AWAY.title(), "saying", Problems.AWAY);
    }
    List<FigureBucket> byProject = read(visit, FigureDimension.PROJECT, span);
    Typical typical =
        new Typical(fleet.claims().all(), read(visit, FigureDimension.PROJECT, TimeRange.WEEK));
    List<Claim> top = SpendView.top(fleet);
    SessionNames names = SessionNames.of(top.stream().map(Claim::id), sessions, visit);
    long outliers = fleet.claims().all().stream().filter(typical::isOutlier).count();
    return Content.of(
        Section.SPEND,
        "spend",
        new SpendView(
            tabs(visit, span),
            facts(fleet.spend(), byProject, span),
            span.words(),
            SpendView.burners(top, typical, names::of, fleet, visit.links()),
            outliers == 0 ? null : Formats.count(outliers, "running session"),
            Stream.of(FigureDimension.PROJECT, FigureDimension.MODEL, FigureDimension.HOST)
                .map(by -> SpendView.group(by, read(visit, by, span), visit.links()))
                .toList()));
  }

  private List<FigureBucket> read(Visit visit, FigureDimension by, TimeRange span) {
    return history.read(visit.org(), by, span, visit.now());
  }

  private static List<Fact> facts(Spend spend, List<FigureBucket> buckets, TimeRange span) {
    long total = buckets.stream().mapToLong(bucket -> bucket.total().costMicroUsd()).sum();
    return new Fact.Facts()
        .text("Today (UTC)", Formats.usd(spend.todayMicroUsd()))
        .text("Now", Formats.usd(spend.anHourMicroUsd()) + " an hour")
        .text("Last " + span.words(), Formats.usd(total))
        .list();
  }

  private static List<Tab> tabs(Visit visit, TimeRange current) {
    return RANGES.stream()
        .map(
            span ->
                new Tab(
                    "last " + span.words(),
                    visit.links().to(Section.SPEND.path(), "span", span.wire()),
                    null,
                    span == current))
        .toList();
  }

  private static TimeRange span(Visit visit, @Nullable String wire) {
    if (wire == null || wire.isEmpty()) {
      return TimeRange.DAY;
    }
    return TimeRange.of(wire)
        .filter(RANGES::contains)
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "Use span=1h, span=24h or span=7d.",
                    visit.links().to(Section.SPEND.path()),
                    "Go to spend"));
  }
}
