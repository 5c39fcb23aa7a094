package dev.sluice.backend.tck.model;

import dev.sluice.backend.Activity;
import dev.sluice.backend.ActivityResult;
import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Claim;
import dev.sluice.backend.ClaimResult;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.LockState;
import dev.sluice.backend.NackReason;
import dev.sluice.backend.NewActivity;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.RefreshRequest;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StatusResult;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.WorkerRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to a session after its enqueue. */
final class ModelSessions implements Sessions {

  private final ModelStore store;

  ModelSessions(ModelStore store) {
    this.store = store;
  }

  // Look

  @Override
  public Decided<Session> find(String org, String sessionId) {
    return store.turn(org, state -> state.view(state.readableSession(sessionId)));
  }

  @Override
  public Decided<Page<Session>> list(String org, Place place, @Nullable Cursor cursor, int limit) {
    return store.turn(org, state -> SessionLists.whole(state, place, cursor, limit));
  }

  @Override
  public Decided<Page<Session>> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return store.turn(org, state -> SessionLists.rows(state, project, place, cursor, limit));
  }

  @Override
  public Decided<Page<Claim>> claims(
      String org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    return store.turn(org, state -> SessionLists.claims(state, project, cursor, limit));
  }

  @Override
  public Decided<List<Activity>> activities(String org, String sessionId, long afterId, int limit) {
    return store.turn(
        org,
        state ->
            bounded(
                state.readableSession(sessionId).activities.stream()
                    .filter(activity -> activity.id() > afterId)
                    .limit(limit)
                    .toList()));
  }

  private static List<Activity> bounded(List<Activity> activities) {
    long bytes = 0;
    for (int i = 0; i < activities.size(); i++) {
      bytes += StoredBytes.ofActivity(activities.get(i).type(), activities.get(i).body());
      if (i > 0 && bytes > Page.MAX_BYTES) {
        return activities.subList(0, i);
      }
    }
    return activities;
  }

  @Override
  public Decided<List<Event>> timeline(String org, String sessionId) {
    return store.turn(org, state -> List.copyOf(state.readableSession(sessionId).timeline));
  }

  // The worker's calls

  @Override
  public Decided<ClaimResult> claim(String org, String sessionId, WorkerRef ref) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          ModelWorker worker = state.worker(ref.workerId(), ref.registeredBy());
          return NamedClaims.claim(state, session, worker);
        });
  }

  @Override
  public Decided<StatusResult> report(
      String org, String sessionId, Holder holder, StatusReport report) {
    return store.turn(
        org, state -> Reports.report(state, state.readableSession(sessionId), holder, report));
  }

  @Override
  public Decided<Session> findPublic(String org, String publicId) {
    return store.turn(
        org,
        state -> {
          String sessionId = state.publicIds.get(publicId);
          if (sessionId == null) {
            throw state.refusal(Refusal.UNKNOWN_SESSION, publicId);
          }
          return state.view(state.readableSession(sessionId));
        });
  }

  @Override
  public Decided<Session> touch(String org, String sessionId, Holder holder) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          Ownership.touch(state, session, holder);
          return state.view(session);
        });
  }

  @Override
  public Decided<LockState> refresh(
      String org, String sessionId, Holder holder, RefreshRequest request) {
    return store.turn(
        org, state -> Refreshes.refresh(state, state.readableSession(sessionId), holder, request));
  }

  @Override
  public Decided<ActivityResult> addActivity(
      String org, String sessionId, Holder holder, NewActivity activity) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          if (Ownership.of(state, session, holder) != Ownership.NONE) {
            state.requireBytes(StoredBytes.ofActivity(activity.type(), activity.body()));
          }
          Ownership.touch(state, session, holder);
          state.change();
          if (session.claimed() && !session.inStopGrace()) {
            session.note(activity, state.now);
          }
          session.activityId++;
          Activity stored =
              new Activity(session.activityId, state.now, activity.type(), activity.body());
          session.activities.add(stored);
          if (session.activities.size() > state.rules.kept().activities()) {
            session.activities.remove(0);
          }
          return new ActivityResult(stored, state.view(session));
        });
  }

  @Override
  public Decided<Boolean> nack(
      String org, String sessionId, Holder holder, @Nullable NackReason reason) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          Ownership ownership = Ownership.of(state, session, holder);
          if (ownership == Ownership.OWNER && session.state == SessionState.CLAIMED) {
            Ownership.actAsOwner(state, session, holder);
            if (reason != null) {
              session.fields.put("error", reason.json());
            }
            ComingBack.comeBack(
                state, session, ComingBack.Way.NACK, reason == null ? null : reason.line());
            return true;
          }
          if (ownership == Ownership.OWNER || ownership == Ownership.LAST_OWNER) {
            throw state.wrongState(session);
          }
          if (session.waits()
              && holder.workerId().equals(session.nackedBy)
              && Ownership.mayActAs(state, holder)) {
            return false;
          }
          throw Ownership.notOwner(state, session);
        });
  }

  @Override
  public Decided<List<String>> giveBack(String org, String workerId, Map<String, Long> tokens) {
    return store.turn(org, state -> Untold.giveBack(state, workerId, tokens));
  }

  @Override
  public Decided<Session> transfer(
      String org, String sessionId, String oldWorkerId, WorkerRef worker, boolean speaksForOld) {
    return store.turn(
        org,
        state ->
            Transfers.transfer(
                state, state.readableSession(sessionId), oldWorkerId, worker, speaksForOld));
  }

  // By hand

  @Override
  public Decided<StopResult> stop(
      String org, String sessionId, StopOrder order, Set<Place> from, AuditNote note) {
    return store.turn(
        org, state -> Stops.stop(state, state.sessionIn(from, sessionId), order, note));
  }

  @Override
  public Decided<Session> requeue(String org, String sessionId, Set<Place> from, AuditNote note) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.sessionIn(from, sessionId);
          Place was = session.place;
          Admission.requeue(state, session);
          state.audit(note, AuditAct.requeue(sessionId).found(was));
          return state.view(session);
        });
  }
}
