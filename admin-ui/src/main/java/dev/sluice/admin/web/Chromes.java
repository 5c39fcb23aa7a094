package dev.sluice.admin.web;

import dev.sluice.admin.view.Chrome;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Summary;
import dev.sluice.fleet.FleetSnapshot;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class Chromes {

  /** Age of stale figures. */
  private static final long STALE_MS = 10_000;

  private Chromes() {}

  public static Chrome of(
      ContainerRequestContext request, Visit visit, Section section, String title) {
    return new Chrome(
        title,
        visit.links().org(),
        Themes.of(request),
        Assets.VERSION,
        new Chrome.VisitorText(visit.visitor().name(), visit.visitor().role().word(), visit.org()),
        nav(visit, section),
        Summary.of(visit.reading(), section != Section.OVERVIEW, visit.links(), visit.now()),
        Notices.of(request),
        here(request),
        visit.links().to(""),
        visit.now(),
        stale(visit),
        live(visit));
  }

  private static boolean stale(Visit visit) {
    FleetSnapshot fleet = visit.reading().fleet();
    return fleet != null && visit.now() - fleet.takenAtMs() > STALE_MS;
  }

  private static Chrome.@Nullable Live live(Visit visit) {
    return visit.live()
        ? new Chrome.Live(visit.links().to("/events"), visit.reading().mark())
        : null;
  }

  public static Chrome bare(ContainerRequestContext request, String title) {
    return new Chrome(
        title,
        null,
        Themes.of(request),
        Assets.VERSION,
        null,
        List.of(),
        null,
        null,
        here(request),
        Links.ROOT,
        0,
        false,
        null);
  }

  public static String here(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static List<Chrome.NavItem> nav(Visit visit, Section current) {
    return Stream.of(Section.values())
        .filter(section -> visit.visitor().role().includes(section.role()))
        .map(
            section ->
                new Chrome.NavItem(
                    section.title(),
                    visit.links().to(section.path()),
                    count(visit.reading().fleet(), section),
                    section == current))
        .toList();
  }

  private static @Nullable String count(@Nullable FleetSnapshot fleet, Section section) {
    if (fleet == null) {
      return null;
    }
    return switch (section) {
      case QUEUES -> Formats.count(fleet.queues().size()) + (fleet.allQueues() ? "" : "+");
      case HOSTS ->
          Formats.count(
              fleet.workers().stream()
                  .map(each -> each.registration().hostname())
                  .distinct()
                  .count());
      case WORKERS -> Formats.count(fleet.workers().size());
      case INBOX -> Formats.count(fleet.inbox().urgent());
      default -> null;
    };
  }
}
