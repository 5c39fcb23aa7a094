package dev.sluice.admin;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.NewStopRun;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopRun;
import dev.sluice.backend.StopTarget;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkResult;
import dev.sluice.control.StoppedMany;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The verbs of many calls, in steps so small that a test of few sessions takes several. */
record TestMany(TestControl control) {

  /** Sessions of a step of a bulk. */
  private static final int STEP = 20;

  StoppedMany stopAll(Actor actor, String project, boolean pause) {
    QueueBackend backend = control.backend();
    if (pause) {
      backend.queues().list(actor.org(), null, Page.MAX).value().items().stream()
          .filter(queue -> project == null || queue.project().equals(project))
          .forEach(queue -> control.pause(actor, queue.project(), 0));
    }
    List<StopTarget> targets =
        backend.sessions().list(actor.org(), Place.CLAIMED, null, Page.MAX).value().items().stream()
            .filter(each -> project == null || each.project().equals(project))
            .map(each -> new StopTarget(each.id(), each.token()))
            .toList();
    NewStopRun order = new NewStopRun("stp-" + UUID.randomUUID(), project, targets);
    StopRun run = backend.stopOrders().add(actor.org(), order, TestControl.by(actor)).value();
    for (StopTarget target : targets) {
      control.stop(actor, target.sessionId(), TestControl.order(actor), Set.of(Place.CLAIMED));
    }
    return new StoppedMany(run, false);
  }

  BulkResult bulk(Actor actor, BulkOrder order) {
    String text = order.cursor();
    Cursor at = text == null ? null : Cursor.parse(text);
    Page<Session> page = page(actor.org(), order, at);
    List<Session> matching = page.items().stream().filter(order::matchesDead).toList();
    int done = 0;
    for (Session session : matching) {
      done += !order.dryRun() && did(actor, order, session.id()) ? 1 : 0;
    }
    int refused = order.dryRun() ? 0 : matching.size() - done;
    Cursor next = page.next();
    return new BulkResult(matching.size(), done, refused, next == null ? null : next.text());
  }

  private Page<Session> page(String org, BulkOrder order, Cursor at) {
    QueueBackend backend = control.backend();
    if (order.verb().ofDeadLetters()) {
      return backend.sessions().list(org, Place.DEAD, at, STEP).value();
    }
    Place place = order.place() == null ? Place.READY : order.place();
    return backend.work().list(org, order.project(), place, at, STEP).value();
  }

  private boolean did(Actor actor, BulkOrder order, String id) {
    try {
      switch (order.verb()) {
        case REQUEUE -> control.requeueDead(actor, id);
        case DISCARD -> control.discard(actor, id);
        case CANCEL -> control.cancel(actor, id);
        case REPRIORITISE -> control.reprioritise(actor, id, order.priority());
      }
      return true;
    } catch (RefusedException refused) {
      return false;
    }
  }
}
