package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.Meters.Requeue;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class MeteredWorkers implements Workers {

  private final Workers next;
  private final StoreTimes times;
  private final Outcomes outcomes;

  MeteredWorkers(Workers next, StoreTimes times, Outcomes outcomes) {
    this.next = next;
    this.times = times;
    this.outcomes = outcomes;
  }

  @Override
  public Worker register(String org, Registration registration) {
    return times.call(StoreCall.WORKERS_REGISTER, () -> next.register(org, registration));
  }

  @Override
  public HeartbeatResult heartbeat(WorkerRef worker, Heartbeat heartbeat) {
    return times.call(StoreCall.WORKERS_HEARTBEAT, () -> next.heartbeat(worker, heartbeat));
  }

  @Override
  public PollResult poll(PollRequest request) {
    PollResult answer = times.call(StoreCall.WORKERS_POLL, () -> next.poll(request));
    outcomes.polled(request, answer);
    return answer;
  }

  @Override
  public Worker find(WorkerRef worker) {
    return times.call(StoreCall.WORKERS_FIND, () -> next.find(worker));
  }

  @Override
  public Page<Worker> list(String org, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.WORKERS_LIST, () -> next.list(org, cursor, limit));
  }

  @Override
  public Worker drain(String org, String workerId, boolean drain, @Nullable AuditNote note) {
    Worker answer =
        times.call(StoreCall.WORKERS_DRAIN, () -> next.drain(org, workerId, drain, note));
    AuditLog.wrote(org, note, AuditAct.drain(workerId, drain));
    return answer;
  }

  @Override
  public Worker setNote(String org, String workerId, String text, AuditNote note) {
    Worker answer =
        times.call(StoreCall.WORKERS_SET_NOTE, () -> next.setNote(org, workerId, text, note));
    AuditLog.wrote(org, note, AuditAct.setNote(workerId, text));
    return answer;
  }

  @Override
  public Worker protect(String org, String workerId, long untilMs, AuditNote note) {
    Worker worker =
        times.call(StoreCall.WORKERS_PROTECT, () -> next.protect(org, workerId, untilMs, note));
    AuditLog.wrote(org, note, AuditAct.protect(workerId, untilMs));
    return worker;
  }

  @Override
  public List<String> deregister(WorkerRef worker, @Nullable AuditNote note) {
    List<String> answer =
        times.call(StoreCall.WORKERS_DEREGISTER, () -> next.deregister(worker, note));
    outcomes.requeued(Requeue.DEREGISTERED, answer.size());
    AuditLog.wrote(
        worker.org(),
        note,
        AuditAct.deregister(worker.workerId()).found(String.valueOf(answer.size())));
    return answer;
  }
}
