package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.Meters.Requeue;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class MeteredSessions implements Sessions {

  private final Sessions next;
  private final StoreTimes times;
  private final Outcomes outcomes;

  MeteredSessions(Sessions next, StoreTimes times, Outcomes outcomes) {
    this.next = next;
    this.times = times;
    this.outcomes = outcomes;
  }

  @Override
  public Session find(String org, String sessionId) {
    return times.call(StoreCall.SESSIONS_FIND, () -> next.find(org, sessionId));
  }

  @Override
  public Session findPublic(String org, String publicId) {
    return times.call(StoreCall.SESSIONS_FIND_PUBLIC, () -> next.findPublic(org, publicId));
  }

  @Override
  public Page<Session> list(String org, Place place, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.SESSIONS_LIST, () -> next.list(org, place, cursor, limit));
  }

  @Override
  public Page<Session> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.SESSIONS_ROWS, () -> next.rows(org, project, place, cursor, limit));
  }

  @Override
  public Page<Claim> claims(
      String org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.SESSIONS_CLAIMS, () -> next.claims(org, project, cursor, limit));
  }

  @Override
  public List<Headline> headlines(String org, List<String> ids) {
    return times.call(StoreCall.SESSIONS_HEADLINES, () -> next.headlines(org, ids));
  }

  @Override
  public List<Stage> stages(String org, List<String> ids) {
    return times.call(StoreCall.SESSIONS_STAGES, () -> next.stages(org, ids));
  }

  @Override
  public Page<Session> ofIssue(
      String org, String issueIdentifier, @Nullable Cursor cursor, int limit) {
    return times.call(
        StoreCall.SESSIONS_OF_ISSUE, () -> next.ofIssue(org, issueIdentifier, cursor, limit));
  }

  @Override
  public ClaimResult claim(String org, String sessionId, WorkerRef worker) {
    return times.call(StoreCall.SESSIONS_CLAIM, () -> next.claim(org, sessionId, worker));
  }

  @Override
  public StatusResult report(String org, String sessionId, Holder holder, StatusReport report) {
    StatusResult answer =
        times.call(StoreCall.SESSIONS_REPORT, () -> next.report(org, sessionId, holder, report));
    outcomes.reported(org, report, answer);
    return answer;
  }

  @Override
  public Session touch(String org, String sessionId, Holder holder) {
    Session answer = times.call(StoreCall.SESSIONS_TOUCH, () -> next.touch(org, sessionId, holder));
    outcomes.heard(org, answer);
    return answer;
  }

  @Override
  public LockState refresh(String org, String sessionId, Holder holder, RefreshRequest request) {
    LockState answer =
        times.call(StoreCall.SESSIONS_REFRESH, () -> next.refresh(org, sessionId, holder, request));
    outcomes.heard(org, answer.session());
    return answer;
  }

  @Override
  public ActivityResult addActivity(
      String org, String sessionId, Holder holder, NewActivity activity) {
    ActivityResult answer =
        times.call(
            StoreCall.SESSIONS_ADD_ACTIVITY,
            () -> next.addActivity(org, sessionId, holder, activity));
    outcomes.heard(org, answer.session());
    return answer;
  }

  @Override
  public List<Activity> activities(String org, String sessionId, long afterId, int limit) {
    return times.call(
        StoreCall.SESSIONS_ACTIVITIES, () -> next.activities(org, sessionId, afterId, limit));
  }

  @Override
  public List<Event> timeline(String org, String sessionId) {
    return times.call(StoreCall.SESSIONS_TIMELINE, () -> next.timeline(org, sessionId));
  }

  @Override
  public boolean nack(
      String org, String sessionId, Holder holder, @Nullable NackReason reason, boolean denied) {
    boolean answer =
        times.call(
            StoreCall.SESSIONS_NACK, () -> next.nack(org, sessionId, holder, reason, denied));
    outcomes.requeued(Requeue.NACK, answer ? 1 : 0);
    return answer;
  }

  @Override
  public List<String> giveBack(String org, String workerId, Map<String, Long> tokens) {
    List<String> answer =
        times.call(StoreCall.SESSIONS_GIVE_BACK, () -> next.giveBack(org, workerId, tokens));
    outcomes.requeued(Requeue.UNWRITTEN, answer.size());
    return answer;
  }

  @Override
  public Session transfer(
      String org, String sessionId, String oldWorkerId, WorkerRef worker, boolean speaksForOld) {
    return times.call(
        StoreCall.SESSIONS_TRANSFER,
        () -> next.transfer(org, sessionId, oldWorkerId, worker, speaksForOld));
  }

  @Override
  public StopResult stop(
      String org, String sessionId, StopMessage message, Set<Place> from, AuditNote note) {
    StopResult answer =
        times.call(StoreCall.SESSIONS_STOP, () -> next.stop(org, sessionId, message, from, note));
    AuditLog.wrote(org, note, AuditAct.stop(sessionId));
    return answer;
  }

  @Override
  public Session requeue(String org, String sessionId, Set<Place> from, AuditNote note) {
    Session answer =
        times.call(StoreCall.SESSIONS_REQUEUE, () -> next.requeue(org, sessionId, from, note));
    outcomes.requeued(Requeue.BY_HAND, 1);
    AuditLog.wrote(org, note, AuditAct.requeue(sessionId));
    return answer;
  }
}
