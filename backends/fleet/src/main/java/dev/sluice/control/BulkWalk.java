package dev.sluice.control;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the lists of a bulk act page by page, and acts on each page before reading the next.
 *
 * <p>Lists are walked by key, so removed entries hide none. Dead letters go from the latest to the
 * oldest: one that dies again is behind the walk. An item of waiting work moved by an act on its
 * issue must move ahead of the walk: cancelling makes parked work ready, so parked goes first.
 * Reprioritising may also park ready work, so that place is walked again at the end. Work that has
 * the priority already doesn't match, so moved items aren't counted again.
 */
final class BulkWalk {

  static final int PAGE = 100;

  /** Entries read in a call. */
  static final int MOST = 10_000;

  /** No page is started after this time. */
  static final long BUDGET_MS = 5_000;

  private final QueueBackend backend;
  private final Clock clock;
  private final Actor actor;
  private final BulkOrder order;
  private final int most;
  private final List<Place> places;
  private final Set<List<String>> readyIssues = new HashSet<>();
  private int matched;
  private int done;
  private int refused;

  BulkWalk(QueueBackend backend, Clock clock, Actor actor, BulkOrder order, int most) {
    this.backend = backend;
    this.most = most;
    this.clock = clock;
    this.actor = actor;
    this.order = order;
    this.places = places(order);
  }

  BulkResult run() {
    long end = clock.millis() + BUDGET_MS;
    @Nullable Stand at = Stand.parse(order.cursor(), places.size());
    int looked = 0;
    while (at != null && looked < most && clock.millis() < end) {
      Page<Session> page = read(at, Math.min(PAGE, most - looked));
      looked += page.items().size();
      page.items().stream().filter(this::matches).forEach(this::act);
      at = at.behind(page.next(), places.size());
    }
    return new BulkResult(matched, done, refused, at == null ? null : at.text());
  }

  private static List<Place> places(BulkOrder order) {
    Place only = order.place();
    if (order.verb().ofDeadLetters()) {
      return List.of(Place.DEAD);
    }
    if (only != null) {
      return List.of(only);
    }
    return order.verb() == BulkVerb.REPRIORITISE && !order.dryRun()
        ? List.of(Place.LATER, Place.PARKED, Place.READY, Place.PARKED)
        : List.of(Place.LATER, Place.PARKED, Place.READY);
  }

  private Page<Session> read(Stand at, int limit) {
    Place place = places.get(at.list());
    String project = order.project();
    return place == Place.DEAD || project == null
        ? backend.sessions().rows(actor.org(), project, place, at.cursor(), limit)
        : Standing.sessions(
            backend.work().standings(actor.org(), project, place, at.cursor(), limit));
  }

  private boolean matches(Session session) {
    if (order.place() == Place.READY
        && !readyIssues.add(List.of(session.project(), session.issueId()))) {
      return false; // became ready by an act on the item before
    }
    if (order.verb() == BulkVerb.REPRIORITISE) {
      // put in front: old priority, other score
      return session.score() != Score.of(order.priority(), session.queuedAtMs());
    }
    return order.verb().ofDeadLetters()
        ? order.matchesDead(session)
        : order.project() == null || session.project().equals(order.project());
  }

  private void act(Session session) {
    matched++;
    if (order.dryRun()) {
      return;
    }
    try {
      apply(session.id());
      done++;
    } catch (RefusedException refusal) { // continue with the others
      refused++;
    }
  }

  private void apply(String id) {
    String org = actor.org();
    AuditNote note = actor.note();
    switch (order.verb()) {
      case REQUEUE -> backend.sessions().requeue(org, id, Set.of(Place.DEAD), note);
      case DISCARD ->
          backend.sessions().stop(org, id, actor.stopMessage(), Set.of(Place.DEAD), note);
      case CANCEL -> backend.sessions().stop(org, id, actor.stopMessage(), Place.WAITING, note);
      case REPRIORITISE -> backend.work().reprioritise(org, id, order.priority(), note);
    }
  }

  /**
   * @param list index
   * @param cursor null for its start
   */
  private record Stand(int list, @Nullable Cursor cursor) {

    @Nullable Stand behind(@Nullable Cursor next, int lists) {
      if (next != null) {
        return new Stand(list, next);
      }
      return list + 1 < lists ? new Stand(list + 1, null) : null;
    }

    String text() {
      return cursor == null ? String.valueOf(list) : list + cursor.text();
    }

    static Stand parse(@Nullable String text, int lists) {
      if (text == null || text.isEmpty()) {
        return new Stand(0, null);
      }
      int list = text.charAt(0) - '0';
      if (list < 0 || list >= lists) {
        throw Cursor.bad();
      }
      return new Stand(list, text.length() == 1 ? null : Cursor.parse(text.substring(1)));
    }
  }
}
