package dev.sluice.backend.tck.model;

import dev.sluice.backend.Claim;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.Session;
import org.jspecify.annotations.Nullable;

/** Lists of sessions that no longer wait: docs/rules.md, "Lists". */
final class SessionLists {

  private SessionLists() {}

  /** A page of those of the org, or of one project. */
  static Page<Session> page(
      OrgState org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    if (!place.listed(project)) {
      throw new IllegalArgumentException("no list of " + place + " sessions");
    }
    boolean claimed = place == Place.CLAIMED;
    return Pages.sessions(
        org,
        Pages.page(
            org.sessions.stream()
                .filter(session -> session.place == place)
                .filter(session -> project == null || session.project().equals(project))
                .toList(),
            session -> new Cursor(claimed ? session.claimedAt : session.endedAt, session.id()),
            claimed ? Pages.ASCENDING : Pages.DESCENDING,
            cursor,
            limit));
  }

  static Page<Session> rows(
      OrgState org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return Pages.shown(page(org, project, place, cursor, limit), Session::withoutItem);
  }

  static Page<Claim> claims(
      OrgState org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    return Pages.shown(page(org, project, Place.CLAIMED, cursor, limit), Claim::of);
  }
}
