package dev.sluice.admin.hosts;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.work.WorkRow;
import dev.sluice.admin.workers.AccountRow;
import dev.sluice.admin.workers.WorkerRow;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.Host;
import dev.sluice.fleet.FleetSnapshot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows the snapshot alone; reads nothing more. */
@Path("admin/hosts/{host}")
public record HostPage(Shell shell) {

  private static final int MOST_LISTED = 200;

  /**
   * @param others sessions that are not listed; null if all are
   */
  public record View(
      HostRow row,
      Rows<WorkerRow> workers,
      @Nullable String otherWorkers,
      Rows<AccountRow> accounts,
      Rows<WorkRow> table,
      @Nullable String others,
      @Nullable TimeText asOf) {

    public boolean claimed() {
      return true;
    }
  }

  @GET
  public Response page(@Context ContainerRequestContext request, @PathParam("host") String host) {
    return shell.answer(request, Section.HOSTS, visit -> content(visit, host));
  }

  private static Content content(Visit visit, String name) {
    PageIds.require(name, "host", visit, Section.HOSTS);
    FleetSnapshot fleet = visit.reading().fleet();
    if (fleet == null) {
      return new Content(Section.HOSTS, Problems.AWAY.title(), "saying", Problems.AWAY);
    }
    Host host = find(visit, fleet, name);
    List<Claim> claims = claims(host, fleet);
    int otherWorkers = host.workers().size() - MOST_LISTED;
    int others = host.sessions() - claims.size();
    return new Content(
        Section.HOSTS,
        "Host " + Formats.cut(name, 80),
        "host",
        new View(
            HostRow.of(host, fleet, visit),
            new Rows<>(
                host.workers().stream()
                    .limit(MOST_LISTED)
                    .map(worker -> WorkerRow.of(worker, visit.links(), visit.now()))
                    .toList()),
            otherWorkers > 0 ? Formats.count(otherWorkers, "more worker") : null,
            AccountRow.of(host.workers(), visit.now()),
            new Rows<>(claims.stream().map(claim -> WorkRow.of(claim, visit)).toList()),
            others > 0 ? Formats.count(others, "more session") : null,
            TimeText.of(fleet.claims().countedAtMs(), visit.now())));
  }

  private static Host find(Visit visit, FleetSnapshot fleet, String name) {
    List<Worker> workers =
        fleet.workers().stream()
            .filter(worker -> worker.registration().hostname().equals(name))
            .toList();
    if (workers.isEmpty()) {
      throw unknown(visit);
    }
    return new Host(name, workers);
  }

  static PageException unknown(Visit visit) {
    return PageException.notFound(
        "No worker of such a host is registered.",
        visit.links().to(Section.HOSTS.path()),
        "Go to hosts");
  }

  private static List<Claim> claims(Host host, FleetSnapshot fleet) {
    Set<String> workers =
        host.workers().stream()
            .map(worker -> worker.registration().workerId())
            .collect(Collectors.toSet());
    return fleet.claims().all().stream()
        .filter(claim -> workers.contains(claim.owner()))
        .limit(MOST_LISTED)
        .toList();
  }
}
