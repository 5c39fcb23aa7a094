package dev.sluice.admin.workers;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.WorkerStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Path("admin/workers")
public record WorkersPage(Shell shell, Workers workers) {

  public record View(
      ActButton.Menu acts,
      List<Tab> tabs,
      Rows<WorkerRow> table,
      Pager pager,
      @Nullable String note) {}

  private static final int MOST_IN_A_STATE = 200;

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @QueryParam("state") @Nullable String state,
      @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(
        request,
        Section.WORKERS,
        visit ->
            Content.of(
                Section.WORKERS,
                "workers",
                state == null || state.isEmpty()
                    ? all(visit, Lists.cursor(cursor))
                    : in(state(visit, state), visit)));
  }

  private static WorkerStatus state(Visit visit, String word) {
    return Stream.of(WorkerStatus.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "No such worker state.",
                    visit.links().to(Section.WORKERS.path()),
                    "Go to workers"));
  }

  private View all(Visit visit, @Nullable Cursor at) {
    Page<Worker> page = workers.list(visit.org(), at, Lists.SIZE);
    return new View(
        acts(visit),
        tabs(visit, null),
        rows(page.items(), visit),
        Lists.pager(at, page, next -> visit.links().to(Section.WORKERS.path(), "cursor", next)),
        null);
  }

  private static View in(WorkerStatus state, Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Worker> all =
        fleet == null
            ? List.of()
            : fleet.workers().stream().filter(each -> fleet.stateOf(each) == state).toList();
    int shown = Math.min(MOST_IN_A_STATE, all.size());
    return new View(
        acts(visit),
        tabs(visit, state),
        rows(all.subList(0, shown), visit),
        new Pager(null, null),
        shown == all.size()
            ? null
            : "The first " + shown + " of " + Formats.count(all.size()) + " are shown.");
  }

  private static ActButton.Menu acts(Visit visit) {
    return visit.may(VisitorRole.ADMIN)
        ? ActButton.menu(List.of(ActButton.form("Add a worker", visit.links().to("/add-worker"))))
        : ActButton.Menu.NONE;
  }

  private static Rows<WorkerRow> rows(List<Worker> workers, Visit visit) {
    return new Rows<>(
        workers.stream().map(worker -> WorkerRow.of(worker, visit.links(), visit.now())).toList());
  }

  private static List<Tab> tabs(Visit visit, @Nullable WorkerStatus current) {
    FleetSnapshot fleet = visit.reading().fleet();
    List<Tab> tabs = new ArrayList<>();
    String path = Section.WORKERS.path();
    String all = fleet == null ? null : Formats.count(fleet.workers().size());
    tabs.add(new Tab("all", visit.links().to(path), all, current == null));
    for (WorkerStatus state : WorkerStatus.values()) {
      long count = fleet == null ? 0 : fleet.in(state);
      if (count > 0 || state == current) {
        tabs.add(
            new Tab(
                state.word(),
                visit.links().to(path, "state", state.word()),
                Formats.count(count),
                state == current));
      }
    }
    return tabs;
  }
}
