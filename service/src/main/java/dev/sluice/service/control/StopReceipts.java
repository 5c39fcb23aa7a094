package dev.sluice.service.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.Event;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Place;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopRun;
import dev.sluice.backend.StopTarget;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StopReports;
import dev.sluice.service.errors.Refusals;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the sessions that were ordered to stop, read from the sessions themselves. What
 * can't change any more is remembered, so that who looks again and again asks the store about the
 * unfinished ones alone.
 */
public final class StopReceipts implements StopReports {

  private static final int REMEMBERED = 50_000;

  private final QueueBackend backend;
  private final Cache<Key, StopReceipt> finals =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  public StopReceipts(QueueBackend backend) {
    this.backend = backend;
  }

  private record Key(String org, String runId, String sessionId) {}

  @Override
  public StopReport of(String org, String id) {
    StopRun run = backend.stopOrders().find(org, id).value();
    return new StopReport(
        run, run.targets().stream().map(target -> receipt(org, run, target)).toList());
  }

  private StopReceipt receipt(String org, StopRun run, StopTarget target) {
    Key key = new Key(org, run.id(), target.sessionId());
    StopReceipt known = finals.getIfPresent(key);
    if (known != null) {
      return known;
    }
    StopReceipt read = read(org, run, target);
    if (read.kind().isFinal()) {
      finals.put(key, read);
    }
    return read;
  }

  private StopReceipt read(String org, StopRun run, StopTarget target) {
    String id = target.sessionId();
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION),
        () ->
            Refusals.except(
                Set.of(Refusal.DAMAGED),
                () -> look(org, run, target),
                reason -> new StopReceipt(id, Kind.SENT, null, run.atMs())),
        reason -> new StopReceipt(id, Kind.ENDED, null, 0));
  }

  private StopReceipt look(String org, StopRun run, StopTarget target) {
    Session session = backend.sessions().find(org, target.sessionId()).value();
    if (session.releaseByMs() != 0) {
      return inGrace(org, session);
    }
    if (session.token() != target.token()) {
      return new StopReceipt(session.id(), Kind.ENDED, null, 0);
    }
    return session.place() == Place.CLAIMED
        ? new StopReceipt(session.id(), Kind.SENT, session.owner(), run.atMs())
        : over(org, session);
  }

  /** Its worker still has it. */
  private StopReceipt inGrace(String org, Session session) {
    long offeredAt =
        backend.inboxes().list(org, session.id()).value().stream()
            .filter(message -> message.type() == MessageType.STOP)
            .mapToLong(Message::offeredAtMs)
            .max()
            .orElse(0);
    long toldAt =
        offeredAt != 0
            ? offeredAt
            : last(org, session, Event.Kind.STOP_TOLD).map(Event::atMs).orElse(0L);
    return toldAt != 0
        ? new StopReceipt(session.id(), Kind.DELIVERED, session.owner(), toldAt)
        : new StopReceipt(session.id(), Kind.SENT, session.owner(), session.endedAtMs());
  }

  /** Its worker doesn't have it any more. */
  private StopReceipt over(String org, Session session) {
    Optional<Event> released = last(org, session, Event.Kind.RELEASED);
    if (released.isEmpty()) {
      return new StopReceipt(session.id(), Kind.ENDED, session.owner(), session.endedAtMs());
    }
    Event event = released.get();
    return new StopReceipt(session.id(), kind(event.detail()), event.workerId(), event.atMs());
  }

  private static Kind kind(@Nullable String how) {
    if (how == null) {
      return Kind.ENDED;
    }
    return switch (how) {
      case Event.ACKNOWLEDGED -> Kind.ACKNOWLEDGED;
      case Event.GRACE_OVER, Event.LEASE_OVER -> Kind.SILENT;
      default -> Kind.ENDED;
    };
  }

  private Optional<Event> last(String org, Session session, Event.Kind kind) {
    return backend.sessions().timeline(org, session.id()).value().stream()
        .filter(event -> event.kind() == kind)
        .filter(event -> event.atMs() >= session.claimedAtMs())
        .reduce((earlier, later) -> later);
  }
}
