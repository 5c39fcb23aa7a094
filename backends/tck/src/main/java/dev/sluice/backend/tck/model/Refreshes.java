package dev.sluice.backend.tck.model;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.LockState;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Place;
import dev.sluice.backend.RefreshRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** docs/rules.md, "Touch, refresh, activity": a refresh, and the messages that it carries. */
final class Refreshes {

  private Refreshes() {}

  static LockState refresh(
      OrgState org, ModelSession session, Holder holder, RefreshRequest request) {
    Ownership.touch(org, session, holder);
    Optional<ModelWorker> worker = org.findWorker(holder.workerId());
    if (request.injects()) {
      worker.ifPresent(speaker -> speaker.dialect = Dialect.GO_DAEMON);
    }
    if (session.inStopGrace() && session.stopTold) {
      Ending.release(org, session, null);
    } else if (session.inStopGrace()) {
      session.stopTold = true;
      org.note(session, Event.Kind.STOP_TOLD, session.owner, null);
    }
    if (request.ackedMessage() != null) {
      acknowledge(org, session, request.ackedMessage(), holder.workerId());
    }
    boolean injects = worker.filter(known -> known.dialect == Dialect.GO_DAEMON).isPresent();
    if (injects) {
      acknowledgeNudges(org, session, holder.workerId());
    }
    boolean stop = session.inStopGrace() || session.place == Place.ENDED;
    @Nullable Message inject = injects && !stop ? inject(org, session) : null;
    return new LockState(stop, org.view(session), inject);
  }

  /** In whichever lane it is: only the id is told. */
  private static void acknowledge(OrgState org, ModelSession session, String messageId, String by) {
    List.copyOf(session.inbox).stream()
        .filter(unacked -> unacked.message.id().equals(messageId))
        .forEach(unacked -> Acknowledging.acknowledge(org, session, unacked, by));
  }

  /** A refresh is all that a nudge asks for. */
  private static void acknowledgeNudges(OrgState org, ModelSession session, String by) {
    List.copyOf(session.inbox).stream()
        .filter(unacked -> unacked.message.type() == MessageType.NUDGE)
        .forEach(unacked -> Acknowledging.acknowledge(org, session, unacked, by));
  }

  private static @Nullable Message inject(OrgState org, ModelSession session) {
    Optional<ModelSession.Unacked> urgent = oldest(org, session, Lane.URGENT);
    Optional<ModelSession.Unacked> normal = oldest(org, session, Lane.NORMAL);
    boolean normalFirst =
        normal.isPresent()
            && (urgent.isEmpty() || goesFirst(org, session, normal.get(), urgent.get()));
    Optional<ModelSession.Unacked> chosen = normalFirst ? normal : urgent;
    return chosen.map(unacked -> unacked.offer(org)).orElse(null);
  }

  private static Optional<ModelSession.Unacked> oldest(
      OrgState org, ModelSession session, Lane lane) {
    return session.inbox.stream()
        .filter(unacked -> unacked.message.lane() == lane)
        .filter(unacked -> unacked.message.type() != MessageType.STOP)
        .filter(unacked -> unacked.hiddenUntil <= org.now)
        .findFirst();
  }

  private static boolean goesFirst(
      OrgState org,
      ModelSession session,
      ModelSession.Unacked normal,
      ModelSession.Unacked urgent) {
    long waited = org.now - normal.message.createdAtMs();
    boolean older = session.inbox.indexOf(normal) < session.inbox.indexOf(urgent);
    return older && waited >= org.rules.normalPatienceMs();
  }
}
