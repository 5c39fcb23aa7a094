package dev.sluice.backend.tck.model;

import dev.sluice.backend.Claim;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.Session;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of sessions that no longer wait: docs/rules.md, "Lists". */
final class SessionLists {

  private SessionLists() {}

  /** A page of those of the org, or of one project. */
  static Page<Session> whole(OrgState org, Place place, @Nullable Cursor cursor, int limit) {
    return Pages.sessions(
        org, Pages.bounded(page(org, null, place, cursor, limit), key(place), true));
  }

  private static Page<ModelSession> page(
      OrgState org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    if (!place.listed(project)) {
      throw new IllegalArgumentException("no list of " + place + " sessions");
    }
    return Pages.page(
        org.sessions.stream()
            .filter(session -> session.place == place)
            .filter(session -> project == null || session.project().equals(project))
            .toList(),
        key(place),
        place == Place.CLAIMED ? Pages.ASCENDING : Pages.DESCENDING,
        cursor,
        limit);
  }

  private static Function<ModelSession, Cursor> key(Place place) {
    return place == Place.CLAIMED
        ? session -> new Cursor(session.claimedAt, session.id())
        : session -> new Cursor(session.endedAt, session.id());
  }

  static Page<Session> rows(
      OrgState org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    Page<ModelSession> page = page(org, project, place, cursor, limit);
    return Pages.shown(
        Pages.sessions(org, Pages.bounded(page, key(place), false)), Session::withoutItem);
  }

  static Page<Claim> claims(
      OrgState org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    return Pages.shown(
        Pages.sessions(org, page(org, project, Place.CLAIMED, cursor, limit)), Claim::of);
  }
}
