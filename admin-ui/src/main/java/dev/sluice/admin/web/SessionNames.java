package dev.sluice.admin.web;

import dev.sluice.admin.view.SessionName;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.fleet.FleetSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names of sessions on a page: from the snapshot, those that it doesn't have by one call. */
public final class SessionNames {

  private final Map<String, Headline> headlines = new HashMap<>();
  private final Visit visit;

  private SessionNames(Visit visit) {
    this.visit = visit;
  }

  /**
   * @param ids at most {@link Page#MAX} different ones
   */
  public static SessionNames of(Stream<String> ids, Sessions sessions, Visit visit) {
    SessionNames names = new SessionNames(visit);
    FleetSnapshot fleet = visit.reading().fleet();
    List<String> others = new ArrayList<>();
    ids.distinct()
        .forEach(
            id -> {
              Headline known = fleet == null ? null : fleet.headline(id);
              if (known == null) {
                others.add(id);
              } else {
                names.headlines.put(id, known);
              }
            });
    if (!others.isEmpty()) {
      sessions
          .headlines(visit.org(), others)
          .forEach(headline -> names.headlines.put(headline.id(), headline));
    }
    return names;
  }

  public SessionName of(String id) {
    Headline headline = headlines.get(id);
    return headline == null
        ? SessionName.of(id, visit.links())
        : SessionName.of(headline, null, visit.links());
  }
}
