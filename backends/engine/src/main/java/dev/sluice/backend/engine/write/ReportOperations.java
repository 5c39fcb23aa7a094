package dev.sluice.backend.engine.write;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.read.ShownMessage;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

public final class ReportOperations {

  private ReportOperations() {}

  public record Touch(String sessionId, Holder holder)
      implements WriteOperation<PositionedSession> {

    @Override
    public PositionedSession run(WriteStep step) {
      touch(step, sessionId, holder);
      return step.view(sessionId);
    }

    static SessionRecord touch(WriteStep step, String sessionId, Holder holder) {
      SessionRecord session = Ownership.act(step, step.session(sessionId), holder).session();
      if (!session.claimed()) {
        return session;
      }
      SessionRecord touched = session.inGrace() ? session : session.touched(step.now());
      step.store(touched);
      return touched;
    }
  }

  /** A refresh: docs/rules.md, "Touch, refresh, activity". */
  public record Refresh(String sessionId, Holder holder, RefreshRequest request)
      implements WriteOperation<Refresh.Answer> {

    public record Answer(boolean stop, PositionedSession session, @Nullable ShownMessage inject) {}

    @Override
    public Answer run(WriteStep step) {
      SessionRecord session = Touch.touch(step, sessionId, holder);
      boolean injects = learnDialect(step);
      boolean stop = !session.claimed() || session.inGrace();
      if (session.inGrace()) {
        if (session.claim().stopTold()) {
          Endings.release(step, session, null);
        } else {
          step.store(session.withClaim(session.claim().withStopTold(true)));
          step.event(sessionId, Event.Kind.STOP_TOLD, session.owner(), null);
        }
      }
      ack(step, injects);
      for (Undeliverable each : request.undeliverable()) {
        Acks.giveUp(step, sessionId, each, holder.workerId());
      }
      MessageRecord inject = injects && !stop ? offer(step) : null;
      return new Answer(
          stop, step.view(sessionId), inject == null ? null : new ShownMessage(inject, step.now()));
    }

    private boolean learnDialect(WriteStep step) {
      WorkerEntry worker = step.state().worker(holder.workerId());
      if (worker == null) {
        return false;
      }
      if (request.injects()) {
        WorkerRecord speaking = worker.record().speaking(Dialect.GO_DAEMON);
        if (speaking != worker.record()) {
          step.apply(new Change.PutWorker(speaking));
        }
      }
      return worker.record().registration().dialect() == Dialect.GO_DAEMON;
    }

    private void ack(WriteStep step, boolean injects) {
      String acked = request.ackedMessage();
      MessageRecord message = acked == null ? null : Acks.find(step, sessionId, acked);
      if (message != null) {
        Acks.ack(step, message, holder.workerId());
      }
      Inbox inbox = step.state().inbox(sessionId);
      if (injects && inbox != null) {
        for (MessageRecord each : inbox.byAge()) {
          if (each.type() == MessageType.NUDGE) {
            Acks.ack(step, each, holder.workerId());
          }
        }
      }
    }

    private @Nullable MessageRecord offer(WriteStep step) {
      Inbox inbox = step.state().inbox(sessionId);
      MessageRecord chosen = inbox == null ? null : choose(step, inbox);
      if (chosen != null) {
        long until = step.now() + step.rules().visibilityMs();
        step.apply(new Change.PutMessage(chosen.injected(until)));
      }
      return chosen;
    }

    private static @Nullable MessageRecord choose(WriteStep step, Inbox inbox) {
      MessageRecord urgent = oldest(inbox.unread(Lane.URGENT, step.now(), null, 1));
      MessageRecord normal = oldest(inbox.unread(Lane.NORMAL, step.now(), null, 1));
      if (urgent == null || normal == null) {
        return urgent == null ? normal : urgent;
      }
      boolean waitedLong = step.now() - normal.createdAtMs() >= step.rules().normalPatienceMs();
      return waitedLong && normal.seq() < urgent.seq() ? normal : urgent;
    }

    private static @Nullable MessageRecord oldest(List<MessageRecord> messages) {
      return messages.isEmpty() ? null : messages.get(0);
    }
  }

  public record Report(String sessionId, Holder holder, StatusReport report)
      implements WriteOperation<Report.Answer> {

    public record Answer(
        SessionState.Transition transition,
        PositionedSession session,
        boolean reattached,
        boolean replay) {}

    @Override
    public Answer run(WriteStep step) {
      SessionRecord before = step.session(sessionId);
      Ownership ownership = Ownership.of(step, before, holder);
      if (ownership == Ownership.NONE) {
        if (hasReturned(step, before)) {
          boolean replay = isReplay(step, before);
          return new Answer(SessionState.Transition.REPEAT, step.view(sessionId), false, replay);
        }
        refuse(step, before);
      }
      boolean replay = isReplay(step, before);
      Ownership.Acting acting = Ownership.act(step, before, holder, ownership);
      SessionRecord session = acting.session();
      SessionState target = report.target();
      SessionState.Transition transition = session.state().onReport(target);
      switch (transition) {
        case ADVANCE -> {
          if (target.terminal()) {
            end(step, session.withAttempt(report.attempt()));
          } else {
            advance(step, session.withAttempt(report.attempt()));
          }
        }
        case MERGE -> step.store(session.withAttempt(report.attempt()).merge(report, step.now()));
        case REPEAT, LATE, CONFLICT -> {
          if (session.inGrace() && (target.terminal() || target == SessionState.FINALIZING)) {
            Endings.release(step, session, null);
          } else if (session.claimed()) {
            step.store(session);
          }
          if (transition == SessionState.Transition.CONFLICT) {
            keepLate(step, session);
          }
        }
      }
      return new Answer(transition, step.view(sessionId), acting.reattached(), replay);
    }

    /** Refuses another body under the key of the latest attempt. */
    private boolean isReplay(WriteStep step, SessionRecord session) {
      Attempt attempt = report.attempt();
      Attempt latest = session.claim().attempt();
      if (attempt == null || latest == null || !attempt.id().equals(latest.id())) {
        return false;
      }
      if (!attempt.bodyHash().equals(latest.bodyHash())) {
        throw step.refusal(Refusal.CONFLICT, attempt.id());
      }
      return true;
    }

    private void end(WriteStep step, SessionRecord session) {
      Failure failure = report.failure();
      if (failure != null && failure.remedy().returns()) {
        Endings.fail(step, session, report, failure);
      } else {
        Endings.end(step, session.end(report, step.now()), failure);
      }
      Endings.noteRun(step, session, failure);
    }

    /**
     * True if this very report, or one of the same failure, has returned the session, which may
     * have died of it.
     */
    private boolean hasReturned(WriteStep step, SessionRecord session) {
      Failure failure = report.failure();
      String named = holder.named();
      boolean dead = session.place() == Place.DEAD;
      return failure != null
          && failure.remedy().returns()
          && (session.place().waits() || dead)
          && Ownership.maySpeakFor(
              step, step.state().worker(holder.workerId()), holder.registeredBy())
          && isLatest(
              step,
              session,
              dead ? 1 : 0,
              Event.Kind.RETURNED,
              named == null ? holder.workerId() : named,
              failure.line());
    }

    /**
     * @param after lines behind the one that is looked at
     */
    private static boolean isLatest(
        WriteStep step,
        SessionRecord session,
        int after,
        Event.Kind kind,
        String worker,
        String detail) {
      List<Event> events = step.events(session);
      int index = events.size() - 1 - after;
      Event last = index < 0 ? null : events.get(index);
      return last != null
          && last.kind() == kind
          && worker.equals(last.workerId())
          && detail.equals(last.detail());
    }

    private void advance(WriteStep step, SessionRecord session) {
      SessionRecord advanced = session.advance(report, step.now());
      step.store(advanced);
      if (session.claim().startedAtMs() == 0 && advanced.claim().startedAtMs() != 0) {
        step.event(sessionId, Event.Kind.STARTED, advanced.owner(), null);
      }
    }

    /** A terminal report of another worker is kept on the timeline. */
    private void refuse(WriteStep step, SessionRecord session) {
      WorkerEntry worker = step.state().worker(holder.workerId());
      if (report.target().terminal()
          && worker != null
          && Ownership.maySpeakFor(step, worker, holder.registeredBy())) {
        keepLate(step, session);
      }
      throw Ownership.notOwner(step, session);
    }

    private void keepLate(WriteStep step, SessionRecord session) {
      String detail = Event.lateResult(report);
      if (!isLatest(step, session, 0, Event.Kind.LATE_RESULT, holder.workerId(), detail)) {
        step.event(sessionId, Event.Kind.LATE_RESULT, holder.workerId(), detail);
      }
    }
  }

  /**
   * @param text key of the text
   * @param fields merged into the session
   */
  public record AddActivity(
      String sessionId,
      Holder holder,
      long text,
      long textStoredMs,
      @Nullable String toolName,
      SortedMap<String, String> fields,
      long bytes)
      implements WriteOperation<AddActivity.Answer> {

    public record Answer(ActivityRecord activity, PositionedSession session) {}

    @Override
    public Answer run(WriteStep step) {
      step.requireFresh(textStoredMs);
      if (Ownership.of(step, step.session(sessionId), holder) != Ownership.NONE) {
        step.requireBytes(bytes);
      }
      SessionRecord session = Touch.touch(step, sessionId, holder);
      if (session.claimed() && !session.inGrace()) {
        step.store(session.told(fields, toolName, step.now()));
      }
      List<ActivityRecord> before = step.activities(sessionId);
      long id = before.isEmpty() ? 1 : before.get(before.size() - 1).id() + 1;
      ActivityRecord activity = new ActivityRecord(id, step.now(), text, bytes);
      step.activity(sessionId, activity);
      return new Answer(activity, step.view(sessionId));
    }
  }
}
