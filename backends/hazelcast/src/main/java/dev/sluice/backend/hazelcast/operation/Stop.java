package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.Inbox;
import dev.sluice.backend.hazelcast.state.MessageRecord;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stops a session.
 *
 * @param text names the text of the message, which is stored already; 0 for an empty one
 * @param textStoredMs when it was stored, epoch ms
 */
public record Stop(
    String sessionId,
    @Nullable String userId,
    @Nullable String userName,
    long text,
    long textStoredMs)
    implements Operation<Stop.Answer> {

  /**
   * What became of it.
   *
   * @param messageId id of the stop its worker is sent, or was before; null if nobody holds it
   */
  public record Answer(SessionView session, @Nullable String messageId) {}

  @Override
  public Answer run(Step step) {
    SessionRecord session = step.session(sessionId);
    if (session.claimed() && !session.inGrace()) {
      step.requireFresh(textStoredMs);
      SessionRecord stopped = session.stop(step.now() + step.rules().stopGraceMs(), step.now());
      MessageRecord message =
          new MessageRecord(
              sessionId,
              step.now() + "-" + step.seq(),
              step.seq(),
              MessageType.STOP,
              Lane.URGENT,
              userId,
              userName,
              step.now(),
              text,
              0);
      step.put(stopped);
      step.apply(new Change.PutMessage(message));
      return new Answer(step.view(stopped), message.id());
    }
    step.discard(sessionId, text);
    if (session.inBucket()) {
      SessionRecord ended = session.endUnclaimed(step.now());
      step.putEnded(ended);
      return new Answer(step.view(ended), null);
    }
    Inbox inbox = step.state().inbox(sessionId);
    MessageRecord sent = inbox == null ? null : inbox.stop();
    return new Answer(step.view(session), sent == null ? null : sent.id());
  }
}
