package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.service.api.items.Labels;
import dev.sluice.service.auth.Caller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One list of the sessions of an org in several places, with their items: claimed, ready, parked,
 * later, dead, ended. Waiting ones are listed project by project.
 *
 * <p>A page looks at {@value #MAX_LOOKED} sessions at most, reads the store at most {@value
 * #MAX_READS} times, and stops once the items that it holds reach half of {@link Page#MAX_BYTES}.
 * So it may be short or empty although more follows.
 */
public final class PlacePages {

  private static final int MAX_LOOKED = 10_000;
  private static final int MAX_READS = 50;
  static final int MAX_READ_BYTES = 8 * Page.MAX_BYTES;

  /** Projects without waiting work are passed over. */
  private static final int QUEUES_AT_ONCE = 100;

  private final QueueBackend backend;
  private final String org;
  private final Wanted wanted;

  public PlacePages(QueueBackend backend, String org, Wanted wanted) {
    this.backend = backend;
    this.org = org;
    this.wanted = wanted;
  }

  /**
   * The sessions of a list.
   *
   * @param projects null for all
   */
  public record Wanted(
      Set<Place> places, @Nullable List<String> projects, Map<String, String> labels) {

    /** Returns those that the caller may see. */
    public static Wanted of(Caller caller, @Nullable String project) {
      List<String> projects =
          project != null
              ? caller.sees(project) ? List.of(project) : List.of()
              : caller.bound() ? caller.projects().names() : null;
      return new Wanted(Place.ANY, projects, Map.of());
    }

    public Wanted in(Set<Place> others) {
      return new Wanted(others, projects, labels);
    }

    public Wanted labelled(Map<String, String> others) {
      return new Wanted(places, projects, others);
    }

    boolean includes(Session session) {
      return (projects == null || projects.contains(session.project()))
          && Labels.has(session.item(), labels);
    }

    boolean in(Stage stage) {
      return (places.contains(stage.place())
              || places.contains(Place.READY) && stage.place() == Place.RETURNED)
          && (projects == null || projects.contains(stage.project()));
    }

    private boolean waits(ProjectQueue queue) {
      Counts counts = queue.counts();
      return places.contains(Place.READY) && counts.ready() + counts.returned() > 0
          || places.contains(Place.PARKED) && counts.parked() > 0
          || places.contains(Place.LATER) && counts.later() > 0;
    }
  }

  public record All(List<Session> sessions, @Nullable String next) {}

  public All page(@Nullable String cursor, int limit) {
    @Nullable PlaceCursor at = wantedFrom(PlaceCursor.parse(cursor));
    List<Session> sessions = new ArrayList<>();
    long bytes = 0;
    long readBytes = 0;
    int reads = 0;
    int looked = 0;
    boolean sparse = false;
    while (at != null
        && sessions.size() < limit
        && bytes < Page.MAX_BYTES / 2
        && readBytes < MAX_READ_BYTES
        && looked < MAX_LOOKED
        && reads < MAX_READS) {
      Part part = read(at, sparse ? Page.MAX : limit - sessions.size());
      reads++;
      readBytes += part.bytes();
      while (part.found().size() > limit - sessions.size()) {
        part = read(at, part.upTo(limit - sessions.size()));
        reads++;
      }
      looked += part.page().items().size();
      sparse = 2 * part.found().size() < part.page().items().size();
      bytes += bytes(part.found());
      sessions.addAll(part.found());
      Cursor next = part.page().next();
      at = next == null ? wantedFrom(after(at)) : at.at(next);
    }
    return new All(sessions, at == null ? null : at.text());
  }

  /**
   * @param found the wanted sessions of the page
   */
  private record Part(Page<Session> page, List<Session> found) {

    long bytes() {
      return PlacePages.bytes(page.items());
    }

    /** The entries of the page that hold so many of the wanted sessions. */
    int upTo(int number) {
      Session last = found.get(number - 1);
      int entries = 1;
      while (page.items().get(entries - 1) != last) {
        entries++;
      }
      return entries;
    }
  }

  private Part read(PlaceCursor at, int limit) {
    Page<Session> page = pageOf(at, limit);
    return new Part(page, page.items().stream().filter(wanted::includes).toList());
  }

  private Page<Session> pageOf(PlaceCursor at, int limit) {
    @Nullable String project = at.project();
    return project == null
        ? backend.sessions().list(org, at.place(), at.cursor(), limit)
        : backend.work().list(org, project, at.place(), at.cursor(), limit);
  }

  private static long bytes(List<Session> sessions) {
    return sessions.stream().mapToLong(session -> session.item().length()).sum();
  }

  private @Nullable PlaceCursor wantedFrom(@Nullable PlaceCursor first) {
    @Nullable PlaceCursor at = first;
    while (at != null && !wanted.places().contains(at.place())) {
      at = after(at);
    }
    return at;
  }

  private @Nullable PlaceCursor after(PlaceCursor at) {
    return switch (at.place()) {
      case CLAIMED ->
          Collections.disjoint(wanted.places(), Place.WAITING)
              ? PlaceCursor.of(Place.DEAD)
              : nextProject(null);
      case READY -> PlaceCursor.waiting(Place.PARKED, at.project(), at.projects());
      case PARKED -> PlaceCursor.waiting(Place.LATER, at.project(), at.projects());
      case LATER -> at.projects() == null ? PlaceCursor.of(Place.DEAD) : nextProject(at.projects());
      case DEAD -> PlaceCursor.of(Place.ENDED);
      default -> null;
    };
  }

  private PlaceCursor nextProject(@Nullable Cursor behind) {
    String next = wanted.projects() == null ? nextQueue(behind) : next(wanted.projects(), behind);
    return next == null
        ? PlaceCursor.of(Place.DEAD)
        : PlaceCursor.waiting(Place.READY, next, new Cursor(0, next));
  }

  private static @Nullable String next(List<String> projects, @Nullable Cursor behind) {
    return projects.stream()
        .filter(each -> behind == null || Names.compareBytes(each, behind.name()) > 0)
        .min(Names::compareBytes)
        .orElse(null);
  }

  private @Nullable String nextQueue(@Nullable Cursor behind) {
    @Nullable Cursor from = behind;
    do {
      Page<ProjectQueue> queues = backend.queues().list(org, from, QUEUES_AT_ONCE);
      for (ProjectQueue queue : queues.items()) {
        if (wanted.waits(queue)) {
          return queue.project();
        }
      }
      from = queues.next();
    } while (from != null);
    return null;
  }
}
