package dev.sluice.admin.sessions;

import dev.sluice.admin.fleet.FleetClaims;
import dev.sluice.admin.fleet.FleetSnapshot;
import dev.sluice.admin.fleet.SessionHealth;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class HealthPages {

  private HealthPages() {}

  static SessionHealth health(Visit visit, String word) {
    return Stream.of(SessionHealth.values())
        .filter(health -> health.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "Use stuck, silent, slow or ok.",
                    visit.links().to(Section.SESSIONS.path()),
                    "Go to sessions"));
  }

  static Content content(Visit visit, SessionHealth health) {
    FleetSnapshot fleet = visit.reading().fleet();
    return fleet == null
        ? new Content(Section.SESSIONS, Problems.AWAY.title(), "saying", Problems.AWAY)
        : Content.of(Section.SESSIONS, "sessions", view(fleet.claims(), health, visit));
  }

  private static SessionsPage.View view(FleetClaims claims, SessionHealth health, Visit visit) {
    FleetClaims.Group group = claims.faring(health);
    Links links = visit.links();
    return new SessionsPage.View(
        SessionsPage.tabs(visit, Place.CLAIMED),
        choices(visit, health),
        new SessionsPage.Note(words(health, group), TimeText.of(claims.countedAtMs(), visit.now())),
        new Rows<>(group.first().stream().map(claim -> SessionRow.of(claim, visit)).toList()),
        new Pager(null, null),
        Links.ROOT + Section.SESSIONS.path(),
        null,
        links.org(),
        new Rows<>(List.of()),
        true);
  }

  private static String words(SessionHealth health, FleetClaims.Group group) {
    int listed = group.first().size();
    String which =
        listed < group.count()
            ? " The " + listed + " longest claimed of " + Formats.count(group.count()) + "."
            : "";
    return "Sessions that are " + health.word() + ": " + health.means() + "." + which;
  }

  static SessionsPage.@Nullable ByHealth choices(Visit visit, @Nullable SessionHealth current) {
    FleetSnapshot fleet = visit.reading().fleet();
    if (fleet == null) {
      return null;
    }
    List<Tab> each =
        Stream.of(SessionHealth.values())
            .map(
                health ->
                    new Tab(
                        health.word(),
                        visit.links().faring(health),
                        Formats.count(fleet.faring(health)),
                        health == current))
            .toList();
    return new SessionsPage.ByHealth(each);
  }
}
