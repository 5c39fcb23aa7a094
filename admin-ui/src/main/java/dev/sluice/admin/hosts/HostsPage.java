package dev.sluice.admin.hosts;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Host;
import dev.sluice.fleet.FleetSnapshot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the snapshot alone; reads nothing more. */
@Path("admin/hosts")
public record HostsPage(Shell shell) {

  private static final int SIZE = 100;

  public record View(String count, Rows<HostRow> table, Pager pager) {}

  @GET
  public Response page(
      @Context ContainerRequestContext request, @QueryParam("from") @Nullable String from) {
    return shell.answer(request, Section.HOSTS, visit -> content(visit, from));
  }

  private static Content content(Visit visit, @Nullable String from) {
    FleetSnapshot fleet = visit.reading().fleet();
    if (fleet == null) {
      return new Content(Section.HOSTS, Problems.AWAY.title(), "saying", Problems.AWAY);
    }
    List<Host> hosts =
        Host.in(fleet.workers()).stream()
            .sorted(Comparator.comparing(host -> HostRow.isGone(host, fleet)))
            .toList();
    int first = Math.min(offset(from), hosts.size());
    int end = Math.min(first + SIZE, hosts.size());
    return Content.of(
        Section.HOSTS,
        "hosts",
        new View(
            Formats.count(hosts.size()),
            new Rows<>(
                hosts.subList(first, end).stream()
                    .map(host -> HostRow.of(host, fleet, visit))
                    .toList()),
            new Pager(
                first == 0 ? null : visit.links().to(Section.HOSTS.path()),
                end == hosts.size()
                    ? null
                    : visit.links().to(Section.HOSTS.path(), "from", String.valueOf(end)))));
  }

  private static int offset(@Nullable String from) {
    return from != null && from.matches("[0-9]{1,9}") ? Integer.parseInt(from) : 0;
  }
}
