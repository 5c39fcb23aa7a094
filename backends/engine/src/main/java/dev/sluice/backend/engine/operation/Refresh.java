package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Event;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.RefreshRequest;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.state.WorkerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A touch that tells its worker whether to wind the session down, and carries messages to a Go
 * daemon: docs/rules.md, "Touch, refresh, activity".
 */
public record Refresh(String sessionId, Holder holder, RefreshRequest request)
    implements Operation<Refresh.Answer> {

  /**
   * What it tells.
   *
   * @param inject a message offered with it, without its text; or null
   */
  public record Answer(boolean stop, SessionView session, @Nullable ShownMessage inject) {}

  @Override
  public Answer run(Step step) {
    SessionRecord session = Touch.touch(step, sessionId, holder);
    boolean injects = learnDialect(step);
    boolean stop = !session.claimed() || session.inGrace();
    if (session.inGrace()) {
      if (session.run().stopTold()) {
        Endings.release(step, session, null);
      } else {
        step.store(session.toldOfStop());
        step.event(sessionId, Event.Kind.STOP_TOLD, session.owner(), null);
      }
    }
    ack(step, injects);
    MessageRecord inject = injects && !stop ? offer(step) : null;
    return new Answer(
        stop, step.view(sessionId), inject == null ? null : new ShownMessage(inject, step.now()));
  }

  /** Whether the worker gets its messages so, from now on or since before. */
  private boolean learnDialect(Step step) {
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

  private void ack(Step step, boolean injects) {
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

  private @Nullable MessageRecord offer(Step step) {
    Inbox inbox = step.state().inbox(sessionId);
    MessageRecord chosen = inbox == null ? null : choose(step, inbox);
    if (chosen != null) {
      long until = step.now() + step.rules().visibilityMs();
      step.apply(new Change.PutMessage(chosen.injected(until)));
    }
    return chosen;
  }

  private static @Nullable MessageRecord choose(Step step, Inbox inbox) {
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
