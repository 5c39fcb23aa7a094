package dev.sluice.admin.charts;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.store.QueueBackend;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Short ranges are this node's history and work without the store; long ones are stored. */
@Path("admin/charts")
public record ChartsPage(
    Shell shell,
    FleetHistory history,
    StoredHistory stored,
    OperatorActions actions,
    Sessions sessions) {

  public ChartsPage(
      Shell shell,
      FleetHistory history,
      StoredHistory stored,
      QueueBackend backend,
      Ticker ticker) {
    this(shell, history, stored, new OperatorActions(backend.audit(), ticker), backend.sessions());
  }

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @QueryParam("span") @Nullable String span,
      @QueryParam("project") @Nullable String project) {
    return shell.answer(
        request,
        Section.CHARTS,
        visit -> content(visit, span(visit, span), project(visit, project)));
  }

  private Content content(Visit visit, TimeRange span, @Nullable String project) {
    long end = end(visit.now());
    ChartsView view =
        new ChartsView(
            project == null ? null : new Ref(project, visit.links().queue(project)),
            visit.links().to(Section.CHARTS.path()),
            visit.links().to(Section.ACTIVITY.path()),
            tabs(visit, span, project),
            source(span),
            Formats.exact(end),
            span.stored()
                ? ChartView.all(stored, visit.org(), project, span, end)
                : ChartView.all(history, visit.org(), project, span, end),
            marks(visit, span, project, end));
    String title = project == null ? "Charts" : "Charts of " + Formats.cut(project, 80);
    return new Content(Section.CHARTS, title, "charts", view);
  }

  /** The axis moves a step at a time: between, open pages fetch the latest values alone. */
  private static long end(long nowMs) {
    long stepMs = TimeRange.QUARTER.stepMs();
    return (nowMs + stepMs - 1) / stepMs * stepMs;
  }

  private ChartMark.@Nullable Marks marks(
      Visit visit, TimeRange span, @Nullable String project, long end) {
    try {
      OperatorActions.Found found = actions.read(visit.org(), span, end).of(project);
      return ChartMark.of(found, span, end, sessions, visit);
    } catch (BackendUnavailableException e) {
      return null;
    }
  }

  private static String source(TimeRange span) {
    String step = Formats.span(span.stepMs());
    return span.stored()
        ? "Kept by the store in steps of "
            + step
            + ". A gap: no server was up, or there was neither waiting work nor a live worker."
        : "Measured by this node every "
            + step
            + " and kept in memory until it restarts. A gap: no measurement.";
  }

  private static List<Tab> tabs(Visit visit, TimeRange current, @Nullable String project) {
    return Stream.of(TimeRange.values())
        .map(
            span ->
                new Tab(
                    "last " + span.words(), address(visit, span, project), null, span == current))
        .toList();
  }

  private static String address(Visit visit, TimeRange span, @Nullable String project) {
    return visit.links().to(Section.CHARTS.path(), "span", span.wire(), "project", project);
  }

  private static TimeRange span(Visit visit, @Nullable String wire) {
    if (wire == null || wire.isEmpty()) {
      return TimeRange.QUARTER;
    }
    return TimeRange.of(wire)
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "Use span=15m, span=1h, span=24h or span=7d.",
                    visit.links().to(Section.CHARTS.path()),
                    "Go to charts"));
  }

  private static @Nullable String project(Visit visit, @Nullable String project) {
    if (project == null || project.isEmpty()) {
      return null;
    }
    PageIds.require(project, "project", visit, Section.CHARTS);
    return project;
  }
}
