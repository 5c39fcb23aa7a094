package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class MeteredWorkQueue implements WorkQueue {

  private final WorkQueue next;
  private final StoreTimes times;
  private final Outcomes outcomes;

  MeteredWorkQueue(WorkQueue next, StoreTimes times, Outcomes outcomes) {
    this.next = next;
    this.times = times;
    this.outcomes = outcomes;
  }

  @Override
  public List<Enqueued> enqueue(String org, List<NewWork> items) {
    List<Enqueued> answer = times.call(StoreCall.WORK_ENQUEUE, () -> next.enqueue(org, items));
    outcomes.enqueued(org, answer);
    return answer;
  }

  @Override
  public Counts counts(String org) {
    return times.call(StoreCall.WORK_COUNTS, () -> next.counts(org));
  }

  @Override
  public Standing standing(String org, String sessionId) {
    return times.call(StoreCall.WORK_STANDING, () -> next.standing(org, sessionId));
  }

  @Override
  public Page<Session> list(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.WORK_LIST, () -> next.list(org, project, place, cursor, limit));
  }

  @Override
  public Page<Standing> standings(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    return times.call(
        StoreCall.WORK_STANDINGS, () -> next.standings(org, project, place, cursor, limit));
  }

  @Override
  public Session reprioritise(String org, String sessionId, int priority, AuditNote note) {
    Session answer =
        times.call(
            StoreCall.WORK_REPRIORITISE, () -> next.reprioritise(org, sessionId, priority, note));
    AuditLog.wrote(org, note, AuditAct.reprioritise(sessionId, priority));
    return answer;
  }

  @Override
  public Session front(String org, String sessionId, AuditNote note) {
    Session answer = times.call(StoreCall.WORK_FRONT, () -> next.front(org, sessionId, note));
    AuditLog.wrote(org, note, AuditAct.front(sessionId));
    return answer;
  }

  @Override
  public long storedBytes(String org) {
    return times.call(StoreCall.WORK_STORED_BYTES, () -> next.storedBytes(org));
  }
}
