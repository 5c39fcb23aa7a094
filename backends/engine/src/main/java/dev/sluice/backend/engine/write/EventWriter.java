package dev.sluice.backend.engine.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.FindingRecord;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.LoggedEvents;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.sessions.Event;
import org.jspecify.annotations.Nullable;

/** Writes the changes of a step to the event log: docs/rules.md, "Event log". */
final class EventWriter {

  /**
   * The most bytes of the log of an org. Long names and details reach it before there are too many
   * events.
   */
  static final long MAX_BYTES = 32L << 20;

  private final WriteStep step;
  private final int kept;

  EventWriter(WriteStep step) {
    this.step = step;
    this.kept = step.rules().kept().maxLogged();
  }

  void enqueued(SessionRecord session) {
    log(EventType.SESSION_ENQUEUED, session.project(), session.id(), null, null);
  }

  void line(String sessionId, Event line) {
    String detail = line.kind() == Event.Kind.LATE_RESULT ? null : line.detail();
    EventType type = EventType.of(line.kind());
    String project = projectOf(sessionId);
    log(type, project, sessionId, line.workerId(), detail);
    String cause = line.cause();
    if (cause != null && project != null && isOn()) {
      step.applyInternal(new Change.CountCause(project, cause, step.now()));
    }
  }

  /**
   * @param worker null if it is not known, or none
   */
  void message(EventType type, MessageRecord message, @Nullable String worker) {
    String sessionId = message.sessionId();
    log(type, projectOf(sessionId), sessionId, worker, message.id());
  }

  void key(EventType type, String keyId) {
    log(type, null, null, null, keyId);
  }

  void queue(EventType type, String project) {
    log(type, project, null, null, null);
  }

  /** Tells what a change means for a worker or a finding. Call it before the change is applied. */
  void note(Change change) {
    if (change instanceof Change.PutWorker put) {
      worker(step.state().worker(put.worker().id()), put.worker());
    } else if (change instanceof Change.PutLiveness put) {
      WorkerEntry before = step.state().worker(put.workerId());
      if (before != null && put.liveness().silent() && !before.liveness().silent()) {
        ofWorker(EventType.WORKER_SILENT, put.workerId());
      }
    } else if (change instanceof Change.RemoveWorker remove) {
      if (step.state().worker(remove.workerId()) != null) {
        ofWorker(EventType.WORKER_GONE, remove.workerId());
      }
    } else if (change instanceof Change.PutFinding put) {
      finding(put.finding().finding(), put.finding().finding().stands());
    } else if (change instanceof Change.RemoveFinding remove) {
      FindingRecord before = step.state().findings().get(remove.key());
      if (before != null) {
        finding(before.finding(), false);
      }
    }
  }

  private void worker(@Nullable WorkerEntry known, WorkerRecord after) {
    if (known == null) {
      ofWorker(EventType.WORKER_REGISTERED, after.id());
      return;
    }
    WorkerRecord before = known.record();
    if (after.drained() != before.drained()) {
      ofWorker(after.drained() ? EventType.WORKER_DRAINED : EventType.WORKER_UNDRAINED, after.id());
    }
    if (after.quarantinedUntilMs() > before.quarantinedUntilMs()) {
      ofWorker(EventType.WORKER_QUARANTINED, after.id());
    }
  }

  private void finding(Finding finding, boolean stands) {
    FindingRecord before = step.state().findings().get(finding.key());
    if ((before != null && before.finding().stands()) != stands) {
      String project = finding.project().isEmpty() ? null : finding.project();
      EventType type = stands ? EventType.FINDING_BEGAN : EventType.FINDING_ENDED;
      log(type, project, null, null, finding.key());
    }
  }

  private void ofWorker(EventType type, String worker) {
    log(type, null, null, worker, null);
  }

  private void log(
      EventType type,
      @Nullable String project,
      @Nullable String session,
      @Nullable String worker,
      @Nullable String detail) {
    if (!isOn()) {
      return;
    }
    LoggedEvents log = step.state().events();
    long number = log.latest() + 1;
    step.applyInternal(
        new Change.LogEvent(
            new LoggedEvent(number, step.now(), type, project, session, worker, fitting(detail))));
    if (log.size() >= kept + EventLog.MAX_MORE) {
      step.dropEvents(log.oldest(), log.latest() - kept);
    } else if (log.bytes() > MAX_BYTES) {
      long upTo = Math.min(log.latest(), log.oldest() + EventLog.MAX_MORE - 1);
      step.dropEvents(log.oldest(), upTo);
    }
  }

  /** False while a node takes part that doesn't know these changes. */
  private boolean isOn() {
    return kept > 0 && step.standingClosure() == null;
  }

  private @Nullable String projectOf(String sessionId) {
    return step.state().session(sessionId) instanceof SessionRecord session
        ? session.project()
        : null;
  }

  private static @Nullable String fitting(@Nullable String detail) {
    boolean fits =
        detail != null
            && (detail.length() <= LoggedEvent.MAX_DETAIL_BYTES / 3
                || detail.getBytes(UTF_8).length <= LoggedEvent.MAX_DETAIL_BYTES);
    return fits ? detail : null;
  }
}
