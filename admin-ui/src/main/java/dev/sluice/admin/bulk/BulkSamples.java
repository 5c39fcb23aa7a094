package dev.sluice.admin.bulk;

import dev.sluice.admin.view.Ref;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.BulkOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record BulkSamples(QueueBackend backend) {

  static final int MOST = 10;

  /** Dead letters read to find one cause; the store has no list by cause. */
  private static final int LOOK = 100;

  public List<Ref> running(Visit visit, @Nullable String project) {
    return refs(visit, backend.sessions().rows(visit.org(), project, Place.CLAIMED, null, MOST));
  }

  List<Ref> dead(Visit visit, BulkOrder order) {
    int look = order.dead() == null && order.error() == null ? MOST : LOOK;
    return backend
        .sessions()
        .rows(visit.org(), order.project(), Place.DEAD, null, look)
        .items()
        .stream()
        .filter(order::matchesDead)
        .limit(MOST)
        .map(each -> ref(visit, each))
        .toList();
  }

  List<Ref> waiting(Visit visit, String project, List<Place> places) {
    List<Ref> some = new ArrayList<>();
    for (Place place : places) {
      int room = MOST - some.size();
      if (room > 0) {
        some.addAll(
            refs(
                visit,
                Standing.sessions(
                    backend.work().standings(visit.org(), project, place, null, room))));
      }
    }
    return some;
  }

  private static List<Ref> refs(Visit visit, Page<Session> page) {
    return page.items().stream().map(each -> ref(visit, each)).toList();
  }

  private static Ref ref(Visit visit, Session session) {
    return new Ref(session.id(), visit.links().session(session.id()));
  }
}
