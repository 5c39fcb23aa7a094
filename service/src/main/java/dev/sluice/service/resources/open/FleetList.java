package dev.sluice.service.resources.open;

import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.service.api.PublicStatus;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.BoundCounts;
import dev.sluice.service.resources.PlacePages;
import dev.sluice.service.resources.PlacePages.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions of some public statuses in the order of {@link PlacePages}, but without a cursor. */
final class FleetList {

  private static final int MAX_PAGES = 10;

  private final QueueBackend backend;
  private final CountedSessions counted;
  private final Caller caller;
  private final Set<String> statuses;

  FleetList(QueueBackend backend, Caller caller, Set<String> statuses) {
    this.backend = backend;
    this.counted = new CountedSessions(backend.sessions());
    this.caller = caller;
    this.statuses = statuses;
  }

  /** Reads repeated parameters and lists with commas; all if there is none. */
  static Set<String> statuses(List<String> parameters) {
    Set<String> statuses = new HashSet<>();
    for (String parameter : parameters) {
      statuses.addAll(Arrays.asList(parameter.split(",", -1)));
    }
    statuses.remove("");
    if (!PublicStatus.ALL.containsAll(statuses)) {
      throw ApiException.invalid(
          "status", "must be of these: " + String.join(", ", PublicStatus.ALL));
    }
    return statuses.isEmpty() ? Set.copyOf(PublicStatus.ALL) : statuses;
  }

  List<Session> first(int limit) {
    PlacePages pages = new PlacePages(backend, caller.org(), Wanted.of(caller, null).in(places()));
    List<Session> found = new ArrayList<>();
    @Nullable String cursor = null;
    int read = 0;
    do {
      PlacePages.All page = pages.page(cursor, Page.MAX);
      page.sessions().stream().filter(this::wanted).forEach(found::add);
      cursor = page.next();
    } while (cursor != null && found.size() < limit && ++read < MAX_PAGES);
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** Counts ended sessions among the latest alone. */
  long total() {
    Counts live = new BoundCounts(backend).of(caller);
    List<Session> claimed = counted.claimed(caller);
    long stopping = claimed.stream().filter(each -> each.state().terminal()).count();
    long ended = counted.ended(caller).sessions().stream().filter(this::wanted).count();
    return ended
        + of("queued", live.ready() + live.returned())
        + of("parked", live.parked() + live.later())
        + of("working", live.claimed() - stopping)
        + of("stopped", stopping)
        + of("failed", live.dead());
  }

  private long of(String status, long count) {
    return statuses.contains(status) ? Math.max(0, count) : 0;
  }

  private boolean wanted(Session session) {
    return statuses.contains(PublicStatus.of(session));
  }

  private Set<Place> places() {
    Set<Place> places = EnumSet.noneOf(Place.class);
    for (String status : statuses) {
      places.addAll(
          switch (status) {
            case "queued" -> Set.of(Place.READY);
            case "parked" -> Set.of(Place.PARKED, Place.LATER);
            case "working" -> Set.of(Place.CLAIMED);
            case "stopped" -> Set.of(Place.CLAIMED, Place.ENDED);
            case "failed" -> Set.of(Place.DEAD, Place.ENDED);
            default -> Set.of(Place.ENDED);
          });
    }
    return places;
  }
}
