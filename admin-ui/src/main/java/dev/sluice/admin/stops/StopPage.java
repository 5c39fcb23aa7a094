package dev.sluice.admin.stops;

import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StopReports;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

@Path("admin/stops/{id}")
public record StopPage(Shell shell, StopReports stops, Sessions sessions) {

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @QueryParam("state") @Nullable String state,
      @QueryParam("from") @Nullable String from) {
    return shell.answer(
        request,
        Section.WORK,
        visit -> {
          PageIds.require(id, "stop", visit, Section.WORK);
          StopReport report = stops.of(visit.org(), id);
          Kind kind = kind(visit, id, state);
          int start = start(visit, id, from);
          Pager pager = pager(visit, report, kind, start);
          SessionNames names =
              SessionNames.of(
                  StopView.listed(report, kind, start, Lists.SIZE).map(StopReceipt::sessionId),
                  sessions,
                  visit);
          return new Content(
              Section.WORK,
              "Stop " + id,
              "stop",
              StopView.of(
                  report, kind, start, Lists.SIZE, pager, names, visit.links(), visit.now()));
        });
  }

  private static Pager pager(Visit visit, StopReport report, @Nullable Kind kind, int start) {
    String id = report.run().id();
    String state = kind == null ? null : kind.wire();
    long all = kind == null ? report.receipts().size() : report.count(kind);
    int next = start + Lists.SIZE;
    return new Pager(
        start == 0 ? null : visit.links().stop(id, "state", state),
        next < all ? visit.links().stop(id, "state", state, "from", String.valueOf(next)) : null);
  }

  private static @Nullable Kind kind(Visit visit, String id, @Nullable String state) {
    if (state == null || state.isEmpty()) {
      return null;
    }
    return Arrays.stream(Kind.values())
        .filter(each -> each.wire().equals(state))
        .findFirst()
        .orElseThrow(() -> nowhere(visit, id, "No such receipt."));
  }

  private static int start(Visit visit, String id, @Nullable String from) {
    if (from == null || from.isEmpty()) {
      return 0;
    }
    if (!from.matches("[0-9]{1,6}")) {
      throw nowhere(visit, id, "This page of the list does not exist.");
    }
    return Integer.parseInt(from);
  }

  private static PageException nowhere(Visit visit, String id, String text) {
    return PageException.badRequest(text, visit.links().stop(id), "Go to the stop order");
  }
}
