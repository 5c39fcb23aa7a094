package dev.sluice.service.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StopReports;
import dev.sluice.control.UnconfirmedStop;
import dev.sluice.service.errors.Refusals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Receipts of stop orders, read from the sessions. Final receipts are cached. */
public final class StopReceipts implements StopReports {

  private static final int REMEMBERED = 50_000;

  private final QueueBackend backend;
  private final BiFunction<String, Integer, List<String>> late;
  private final Cache<Key, StopReceipt> finals =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /** {@code late} returns stopped sessions with later calls of their workers. */
  public StopReceipts(QueueBackend backend, BiFunction<String, Integer, List<String>> late) {
    this.backend = backend;
    this.late = late;
  }

  private record Key(String org, String runId, String sessionId) {}

  @Override
  public StopReport of(String org, String id) {
    StopOrder run = backend.stopOrders().find(org, id);
    return new StopReport(
        run, run.targets().stream().map(target -> receipt(org, run, target)).toList());
  }

  @Override
  public List<String> stillReporting(String org) {
    return late.apply(org, MOST_REPORTING).stream().filter(id -> reportsOn(org, id)).toList();
  }

  private boolean reportsOn(String org, String id) {
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED),
        () -> {
          UnconfirmedStop stop =
              UnconfirmedStop.of(
                  backend.sessions().find(org, id), backend.sessions().timeline(org, id));
          return stop != null && stop.heardMs() != 0;
        },
        reason -> false);
  }

  private StopReceipt receipt(String org, StopOrder run, StopTarget target) {
    Key key = new Key(org, run.id(), target.sessionId());
    StopReceipt known = finals.getIfPresent(key);
    if (known != null) {
      return known;
    }
    StopReceipt read = read(org, run, target);
    if (read.kind().isFinal() && read.kind() != Kind.SILENT) {
      finals.put(key, read);
    }
    return read;
  }

  private StopReceipt read(String org, StopOrder run, StopTarget target) {
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

  private StopReceipt look(String org, StopOrder run, StopTarget target) {
    Session session = backend.sessions().find(org, target.sessionId());
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

  private StopReceipt inGrace(String org, Session session) {
    long offeredAt =
        backend.inboxes().list(org, session.id()).stream()
            .filter(message -> message.type() == MessageType.STOP)
            .mapToLong(Message::offeredAtMs)
            .max()
            .orElse(0);
    long toldAt =
        offeredAt != 0
            ? offeredAt
            : last(backend.sessions().timeline(org, session.id()), session, Event.Kind.STOP_TOLD)
                .map(Event::atMs)
                .orElse(0L);
    return toldAt != 0
        ? new StopReceipt(session.id(), Kind.DELIVERED, session.owner(), toldAt)
        : new StopReceipt(session.id(), Kind.SENT, session.owner(), session.endedAtMs());
  }

  private StopReceipt over(String org, Session session) {
    List<Event> timeline = backend.sessions().timeline(org, session.id());
    UnconfirmedStop unconfirmed = UnconfirmedStop.of(session, timeline);
    if (unconfirmed != null) {
      String worker = session.owner();
      return new StopReceipt(
          session.id(),
          Kind.SILENT,
          worker,
          unconfirmed.atMs(),
          worker == null ? null : host(org, worker),
          unconfirmed.heardMs());
    }
    return last(timeline, session, Event.Kind.RELEASED)
        .map(
            event ->
                new StopReceipt(
                    session.id(), confirmed(event.detail()), event.workerId(), event.atMs()))
        .orElseGet(
            () -> new StopReceipt(session.id(), Kind.ENDED, session.owner(), session.endedAtMs()));
  }

  private static Kind confirmed(@Nullable String how) {
    return Event.ACKNOWLEDGED.equals(how) ? Kind.ACKNOWLEDGED : Kind.ENDED;
  }

  private @Nullable String host(String org, String worker) {
    return Refusals.except(
            Set.of(Refusal.UNKNOWN_WORKER),
            () ->
                Optional.of(
                    backend
                        .workers()
                        .find(new WorkerRef(org, worker, null))
                        .registration()
                        .hostname()),
            reason -> Optional.<String>empty())
        .orElse(null);
  }

  private static Optional<Event> last(List<Event> timeline, Session session, Event.Kind kind) {
    return timeline.stream()
        .filter(event -> event.kind() == kind)
        .filter(event -> event.atMs() >= session.claimedAtMs())
        .reduce((earlier, later) -> later);
  }
}
