package dev.sluice.admin.sessions;

import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Path("admin/sessions")
public record SessionsPage(Shell shell, Sessions sessions) {

  /**
   * @param byHealth null unless claimed
   * @param search null without a search
   * @param hits of a search, other than sessions
   */
  public record View(
      List<Tab> tabs,
      @Nullable ByHealth byHealth,
      @Nullable Note note,
      Rows<SessionRow> table,
      Pager pager,
      String searchAction,
      @Nullable String search,
      @Nullable String org,
      Rows<Search.Hit> hits,
      boolean claimed) {}

  public record ByHealth(List<Tab> choices) {}

  public record Note(String words, @Nullable TimeText asOf) {}

  private static final List<Place> TABS = List.of(Place.CLAIMED, Place.ENDED, Place.DEAD);

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @QueryParam("place") @Nullable String place,
      @QueryParam("health") @Nullable String health,
      @QueryParam("id") @Nullable String id,
      @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(
        request,
        Section.SESSIONS,
        visit -> {
          if (id != null && !id.isBlank()) {
            return content(found(visit, id.strip()));
          }
          return health != null && !health.isEmpty()
              ? HealthPages.content(visit, HealthPages.health(visit, health))
              : content(list(visit, place(visit, place), Lists.cursor(cursor)));
        });
  }

  private static Content content(View view) {
    return Content.of(Section.SESSIONS, "sessions", view);
  }

  private static Place place(Visit visit, @Nullable String word) {
    if (word == null || word.isEmpty()) {
      return Place.CLAIMED;
    }
    return TABS.stream()
        .filter(place -> place.wire().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "Use claimed, ended or dead. Waiting work is listed by project.",
                    visit.links().to(Section.SESSIONS.path()),
                    "Go to sessions"));
  }

  private View list(Visit visit, Place place, @Nullable Cursor at) {
    Page<Session> page = sessions.rows(visit.org(), null, place, at, Lists.SIZE).value();
    Links links = visit.links();
    return new View(
        tabs(visit, place),
        place == Place.CLAIMED ? HealthPages.choices(visit, null) : null,
        null,
        new Rows<>(page.items().stream().map(session -> SessionRow.of(session, visit)).toList()),
        Lists.pager(
            at,
            page,
            next -> links.to(Section.SESSIONS.path(), "place", place.wire(), "cursor", next)),
        Links.ROOT + Section.SESSIONS.path(),
        null,
        links.org(),
        new Rows<>(List.of()),
        place == Place.CLAIMED);
  }

  private View found(Visit visit, String id) {
    Optional<Session> exact = search(visit.org(), id);
    FleetSnapshot fleet = visit.reading().fleet();
    Search search = fleet == null ? null : Search.of(id, visit, fleet);
    List<SessionRow> rows =
        Stream.concat(
                exact.stream().map(session -> SessionRow.of(session, visit)),
                search == null
                    ? Stream.empty()
                    : search.claims().stream()
                        .filter(claim -> !exact.map(Session::id).equals(Optional.of(claim.id())))
                        .map(claim -> SessionRow.of(claim, visit)))
            .toList();
    return new View(
        tabs(visit, null),
        null,
        null,
        new Rows<>(rows),
        new Pager(null, null),
        Links.ROOT + Section.SESSIONS.path(),
        id,
        visit.links().org(),
        new Rows<>(search == null ? List.of() : search.others()),
        false);
  }

  private Optional<Session> search(String org, String id) {
    if (Names.problem(id) != null) {
      return Optional.empty();
    }
    try {
      return Optional.of(sessions.find(org, id).value());
    } catch (RefusedException unknown) {
      try {
        return Optional.of(sessions.findPublic(org, id).value());
      } catch (RefusedException alsoUnknown) {
        return Optional.empty();
      }
    }
  }

  static List<Tab> tabs(Visit visit, @Nullable Place current) {
    return TABS.stream()
        .map(
            place ->
                new Tab(
                    place.wire(),
                    visit.links().to(Section.SESSIONS.path(), "place", place.wire()),
                    count(visit.reading().fleet(), place),
                    place == current))
        .toList();
  }

  private static @Nullable String count(@Nullable FleetSnapshot fleet, Place place) {
    if (fleet == null || place == Place.ENDED) {
      return null;
    }
    return Formats.count(place == Place.CLAIMED ? fleet.counts().claimed() : fleet.counts().dead());
  }
}
