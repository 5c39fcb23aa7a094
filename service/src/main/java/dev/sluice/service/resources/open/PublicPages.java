package dev.sluice.service.resources.open;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One list of all sessions of an org, or of one project, in the order of docs/protocol.md, "Figures
 * and sessions".
 *
 * <p>A page reads the store at most {@value #MAX_READS} times, and stops once its items reach half
 * of {@link Page#MAX_BYTES}. With a single project, other projects' claimed and ended sessions are
 * skipped, so a page may be short or empty although more follows.
 */
final class PublicPages {

  private static final int MAX_READS = 50;

  private final QueueBackend backend;
  private final String org;
  private final @Nullable String only;
  private final Predicate<Session> visible;
  private final Set<Place> places;

  /** A null {@code only} means all projects. */
  PublicPages(QueueBackend backend, String org, @Nullable String only, Predicate<Session> visible) {
    this(backend, org, only, visible, Place.ANY);
  }

  /** Reads some places alone. */
  PublicPages(
      QueueBackend backend,
      String org,
      @Nullable String only,
      Predicate<Session> visible,
      Set<Place> places) {
    this.backend = backend;
    this.visible = visible;
    this.org = org;
    this.only = only;
    this.places = places;
  }

  record All(List<Session> sessions, @Nullable String next) {}

  All page(@Nullable String cursor, int limit) {
    @Nullable PublicPlace at = PublicPlace.parse(cursor);
    List<Session> sessions = new ArrayList<>();
    long bytes = 0;
    int reads = 0;
    while (at != null
        && sessions.size() < limit
        && bytes < Page.MAX_BYTES / 2
        && reads < MAX_READS) {
      if (!places.contains(at.place())) {
        at = after(at);
        continue;
      }
      reads++;
      Page<Session> page = read(at, limit - sessions.size());
      bytes += page.items().stream().mapToLong(session -> session.item().length()).sum();
      page.items().stream().filter(this::wanted).forEach(sessions::add);
      at = page.next() == null ? after(at) : at.at(page.next());
    }
    return new All(sessions, at == null ? null : at.text());
  }

  private Page<Session> read(PublicPlace at, int limit) {
    @Nullable String project = at.project();
    if (at.place().waits()) {
      return project == null
          ? new Page<>(List.of(), null)
          : backend.work().list(org, project, at.place(), at.cursor(), limit);
    }
    return backend.sessions().list(org, at.place(), at.cursor(), limit);
  }

  private boolean wanted(Session session) {
    return visible.test(session) && (only == null || session.project().equals(only));
  }

  private @Nullable PublicPlace after(PublicPlace at) {
    return switch (at.place()) {
      case CLAIMED -> {
        if (Collections.disjoint(places, Place.WAITING)) {
          yield PublicPlace.of(Place.DEAD);
        }
        yield only == null ? nextProject(null) : PublicPlace.waiting(Place.READY, only, null);
      }
      case READY -> PublicPlace.waiting(Place.PARKED, at.project(), at.projects());
      case PARKED -> PublicPlace.waiting(Place.LATER, at.project(), at.projects());
      case LATER -> at.projects() == null ? PublicPlace.of(Place.DEAD) : nextProject(at.projects());
      case DEAD -> PublicPlace.of(Place.ENDED);
      default -> null;
    };
  }

  private PublicPlace nextProject(@Nullable Cursor behind) {
    Page<ProjectQueue> queues = backend.queues().list(org, behind, 1);
    if (!queues.items().isEmpty()) {
      return PublicPlace.waiting(Place.READY, queues.items().get(0).project(), queues.next());
    }
    return queues.next() == null ? PublicPlace.of(Place.DEAD) : nextProject(queues.next());
  }
}
