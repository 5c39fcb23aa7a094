package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Counts;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Event;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Score;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.Standing;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.WorkQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Enqueue, look-ups, and the order by hand. */
final class ModelQueue implements WorkQueue {

  private final ModelStore store;

  ModelQueue(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<List<Enqueued>> enqueue(String org, List<NewWork> items) {
    List<Enqueued> results = new ArrayList<>();
    long seq = store.turn(org, state -> state.id).seq();
    for (NewWork item : items) {
      Decided<Enqueued> result = store.turn(org, state -> enqueue(state, item));
      results.add(result.value());
      seq = result.seq();
    }
    return new Decided<>(seq, List.copyOf(results));
  }

  private static Enqueued enqueue(OrgState org, NewWork item) {
    if (Replays.reused(org, item.idempotency())) {
      return refused(item, Refusal.KEY_REUSED);
    }
    Optional<Enqueued> before = Replays.find(org, item.idempotency(), Enqueued.class);
    if (before.isPresent()) {
      return replayed(before.get());
    }
    Enqueued result = carryOut(org, item);
    if (result.refusal() == null) {
      Replays.keep(org, item.idempotency(), result);
    }
    return result;
  }

  private static Enqueued replayed(Enqueued before) {
    return new Enqueued(
        before.sessionId(), before.duplicate(), before.state(), before.position(), null, true);
  }

  private static Enqueued carryOut(OrgState org, NewWork item) {
    Optional<ModelSession> known = org.find(item.sessionId());
    if (known.isPresent()) {
      return repeat(org, known.get(), item);
    }
    if (org.isFullForWork(StoredBytes.of(item))) {
      return refused(item, Refusal.STORE_FULL);
    }
    Refusal refusal = Admission.whyNot(org, item.project(), item.requiredCapabilities());
    if (refusal != null) {
      return refused(item, refusal);
    }
    ModelSession session = new ModelSession(item, org.now);
    org.sessions.add(session);
    item.publicIds().forEach(name -> org.publicIds.putIfAbsent(name, session.id()));
    org.note(session, Event.Kind.ENQUEUED, null, null);
    Admission.letIn(org, session);
    return present(org, session, false);
  }

  private static Enqueued repeat(OrgState org, ModelSession known, NewWork item) {
    if (known.damaged) {
      return refused(item, Refusal.DAMAGED);
    }
    if (!known.work.contentHash().equals(item.contentHash())) {
      return refused(item, Refusal.CONFLICT);
    }
    return present(org, known, true);
  }

  private static Enqueued present(OrgState org, ModelSession session, boolean duplicate) {
    return new Enqueued(session.id(), duplicate, session.state, org.position(session), null);
  }

  private static Enqueued refused(NewWork item, Refusal refusal) {
    return new Enqueued(item.sessionId(), false, SessionState.PENDING, 0, refusal);
  }

  @Override
  public Decided<Counts> counts(String org) {
    return store.turn(org, OrgState::counts);
  }

  @Override
  public Decided<Standing> standing(String org, String sessionId) {
    return store.turn(org, state -> standing(state, state.readableSession(sessionId)));
  }

  private static Standing standing(OrgState org, ModelSession session) {
    Optional<ModelSession> claimed = Issues.claimed(org, session.issue());
    Optional<ModelSession> behind =
        session.place == Place.PARKED
            ? claimed.or(() -> Issues.best(org, session.issue()))
            : Optional.empty();
    return new Standing(
        org.view(session),
        behind.map(ModelSession::id).orElse(null),
        behind.isPresent() && claimed.isPresent(),
        org.queue(session.project()));
  }

  @Override
  public Decided<Page<Session>> list(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    return store.turn(
        org, state -> Pages.sessions(state, page(state, project, place, cursor, limit, true)));
  }

  @Override
  public Decided<Page<Standing>> standings(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    return store.turn(
        org,
        state ->
            Pages.shown(
                Pages.readable(page(state, project, place, cursor, limit, false)),
                session -> row(standing(state, session))));
  }

  private static Standing row(Standing standing) {
    return new Standing(
        standing.session().withoutItem(),
        standing.behind(),
        standing.behindClaimed(),
        standing.queue());
  }

  private static Page<ModelSession> page(
      OrgState org,
      String project,
      Place place,
      @Nullable Cursor cursor,
      int limit,
      boolean whole) {
    if (!place.waits()) {
      throw new IllegalArgumentException("no list of a project's work " + place);
    }
    Function<ModelSession, Cursor> key =
        place == Place.LATER
            ? session -> new Cursor(session.work.notBeforeMs(), session.id())
            : session -> new Cursor(session.score, session.id());
    return Pages.bounded(
        Pages.page(
            org.sessions.stream()
                .filter(session -> session.project().equals(project))
                .filter(session -> isListed(session, place))
                .toList(),
            key,
            Pages.ASCENDING,
            cursor,
            limit),
        key,
        whole);
  }

  private static boolean isListed(ModelSession session, Place place) {
    return place == Place.READY ? session.inOrder() : session.place == place;
  }

  @Override
  public Decided<Session> reprioritise(String org, String sessionId, int priority, AuditNote note) {
    return store.turn(
        org,
        state -> {
          ModelSession session = waiting(state, sessionId);
          long score = Score.of(priority, session.work.queuedAtMs());
          if (session.priority != priority || session.score != score) {
            session.priority = priority;
            session.score = score;
            session.updatedAt = state.now;
            state.note(session, Event.Kind.REPRIORITISED, null, String.valueOf(priority));
            Issues.settle(state, session.issue());
          }
          state.audit(note, AuditAct.reprioritise(sessionId, priority));
          return state.view(session);
        });
  }

  @Override
  public Decided<Session> front(String org, String sessionId, AuditNote note) {
    return store.turn(
        org,
        state -> {
          ModelSession session = waiting(state, sessionId);
          state.lastFront = Math.max(state.lastFront + 1, state.now);
          session.score = Score.front(state.lastFront);
          session.updatedAt = state.now;
          state.note(session, Event.Kind.FRONTED, null, null);
          Issues.settle(state, session.issue());
          state.audit(note, AuditAct.front(sessionId));
          return state.view(session);
        });
  }

  private static ModelSession waiting(OrgState org, String sessionId) {
    ModelSession session = org.readableSession(sessionId);
    if (!session.waits()) {
      throw org.wrongState(session);
    }
    return session;
  }

  @Override
  public Decided<Long> storedBytes(String org) {
    return store.turn(org, OrgState::bytes);
  }
}
