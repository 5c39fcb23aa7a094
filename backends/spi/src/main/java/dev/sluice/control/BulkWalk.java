package dev.sluice.control;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import dev.sluice.backend.work.Standing;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the lists that a bulk is about, page by page, and does the verb to what matches of each
 * page before it reads the next.
 *
 * <p>A list is walked by the key of its last entry, so what leaves it hides nothing. Dead letters
 * go from the latest to the oldest: one that is requeued and dies again stands behind the walk. Of
 * waiting work the places are walked in an order in which an item that moves, since another of its
 * issue was acted on, moves ahead of the walk: cancelled work lets parked work become ready, so
 * parked goes first. Reprioritised work can also send ready work back to be parked, so that place
 * is walked once more in the end. Work that has the wanted priority already doesn't match, so what
 * was moved back within its list isn't met as new.
 */
final class BulkWalk {

  /** Entries of a page. */
  static final int PAGE = 100;

  /** Most entries that a call looks at. */
  static final int MOST = 10_000;

  /** A page is not begun after so long. */
  static final long BUDGET_MS = 5_000;

  private final QueueBackend backend;
  private final Clock clock;
  private final Actor actor;
  private final BulkOrder order;
  private final int most;
  private final List<Place> places;
  private final Set<String> readyIssues = new HashSet<>();
  private int matched;
  private int done;
  private int refused;

  /** At most so many entries are looked at. */
  BulkWalk(QueueBackend backend, Clock clock, Actor actor, BulkOrder order, int most) {
    this.backend = backend;
    this.most = most;
    this.clock = clock;
    this.actor = actor;
    this.order = order;
    this.places = places(order);
  }

  /** Walks on from the order's cursor as far as one call goes. */
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
        ? backend.sessions().rows(actor.org(), project, place, at.cursor(), limit).value()
        : Standing.sessions(
            backend.work().standings(actor.org(), project, place, at.cursor(), limit).value());
  }

  private boolean matches(Session session) {
    if (order.place() == Place.READY && !readyIssues.add(session.issueId())) {
      return false; // it became ready since the one before it was acted on
    }
    if (order.verb() == BulkVerb.REPRIORITISE) {
      // One that was put in front has its old priority, and another score.
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
    } catch (RefusedException refusal) { // for any reason: the others go on
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
   * Where a walk stands.
   *
   * @param list which of its lists
   * @param cursor where in it; null for the beginning
   */
  private record Stand(int list, @Nullable Cursor cursor) {

    /** Null behind the last list. */
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
