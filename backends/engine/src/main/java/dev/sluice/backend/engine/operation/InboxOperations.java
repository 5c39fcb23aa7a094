package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.state.AckedRecord;
import dev.sluice.backend.engine.state.ArchiveRecord;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.Replay;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.UnreadMessages;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages to sessions. */
public final class InboxOperations {

  private InboxOperations() {}

  /**
   * Stores a message for a live session.
   *
   * @param text its text, which is stored already
   */
  public record Send(
      String sessionId,
      MessageType type,
      Lane lane,
      @Nullable String userId,
      @Nullable String userName,
      StoredText text,
      @Nullable Idempotency idempotency,
      AuditNote note)
      implements Operation<Send.Answer> {

    /**
     * What became of it.
     *
     * @param message of a repeat, the first one's id and time; its text is the caller's own
     * @param replayed whether it is a repeat, and the text that is stored has no use
     */
    public record Answer(MessageRecord message, boolean replayed) {}

    @Override
    public Answer run(Step step) {
      if (Replaying.reused(step, idempotency)) {
        throw step.refusal(Refusal.KEY_REUSED, "");
      }
      Replay before = Replaying.find(step, idempotency);
      if (before != null) {
        return new Answer(message(before.id(), 0, before.atMs()), true);
      }
      SessionRecord session = step.session(sessionId);
      if (session.state().terminal()) {
        throw step.wrongState(session);
      }
      Inbox inbox = step.state().inbox(sessionId);
      if (inbox != null && inbox.size() >= step.rules().maxUnacked()) {
        throw step.refusal(Refusal.INBOX_FULL, sessionId);
      }
      step.requireBytes(text.bytes());
      step.requireFresh(text.storedMs());
      MessageRecord message = message(step.now() + "-" + step.seq(), step.seq(), step.now());
      step.apply(new Change.PutMessage(message));
      if (session.claimed()) {
        step.news().message(session.owner());
      }
      step.audit(note, AuditAct.send(sessionId, type, lane));
      Replaying.keep(step, idempotency, message);
      return new Answer(message, false);
    }

    private MessageRecord message(String id, long seq, long atMs) {
      return new MessageRecord(
          sessionId,
          id,
          seq,
          type,
          lane,
          userId,
          userName,
          atMs,
          text.name(),
          text.excerpt(),
          text.bytes());
    }
  }

  /** All that is kept of a session's inbox. */
  public record ReadInbox(String sessionId) implements ReadOperation<ReadInbox.Answer> {

    /**
     * What there is.
     *
     * @param unacknowledged as {@link ListMessages} answers
     * @param acknowledged the first acknowledged first
     * @param visibilityMs {@link dev.sluice.backend.Rules#visibilityMs()}
     */
    public record Answer(
        List<ShownMessage> unacknowledged, List<AckedRecord> acknowledged, long visibilityMs) {}

    @Override
    public Answer run(Step step) {
      List<ShownMessage> unacknowledged = new ListMessages(sessionId).run(step).messages();
      return new Answer(unacknowledged, step.acknowledged(sessionId), step.rules().visibilityMs());
    }
  }

  /** Acknowledges a message. */
  public record Ack(String sessionId, String messageId, Lane lane, @Nullable Holder holder)
      implements Operation<Ack.Answer> {

    /**
     * What became of it.
     *
     * @param known whether the message was there
     * @param session after it, where a worker acknowledged; else null
     */
    public record Answer(boolean known, @Nullable SessionView session) {}

    @Override
    public Answer run(Step step) {
      SessionRecord before = step.session(sessionId);
      SessionRecord session =
          holder == null ? before : Ownership.act(step, before, holder).session();
      MessageRecord message = Acks.find(step, sessionId, messageId, lane);
      if (message != null) {
        Acks.take(step, message, holder == null ? null : holder.workerId());
      }
      if (message != null && message.type() == MessageType.STOP && session.inGrace()) {
        Endings.release(step, session, Event.ACKNOWLEDGED);
      } else if (session.claimed() && !session.equals(before)) {
        step.store(session);
      }
      return new Answer(message != null, holder == null ? null : step.view(sessionId));
    }
  }

  /**
   * The unacknowledged messages of a lane, the oldest first.
   *
   * @param after only those of a later sequence number
   */
  public record ListLane(Lane lane, long after, int limit)
      implements ReadOperation<ListLane.Answer> {

    /**
     * A page.
     *
     * @param more whether others follow
     */
    public record Answer(List<ShownMessage> messages, boolean more) {}

    @Override
    public Answer run(Step step) {
      List<MessageRecord> messages = new ArrayList<>();
      boolean[] more = new boolean[1];
      step.state()
          .unread()
          .visitAfter(
              lane,
              after,
              (seq, sessionId) -> {
                Inbox inbox = step.state().inbox(sessionId);
                MessageRecord message = inbox == null ? null : inbox.at(lane, seq);
                if (messages.size() == limit) {
                  more[0] = true;
                  return false;
                }
                if (message != null) {
                  messages.add(message);
                }
                return true;
              });
      return new Answer(ShownMessage.stored(step, messages), more[0]);
    }
  }

  /** What a live session has not acknowledged, or an ended one had not. */
  public record ListMessages(String sessionId) implements ReadOperation<ListMessages.Answer> {

    /** Urgent ones first, then by age. */
    public record Answer(List<ShownMessage> messages) {}

    @Override
    public Answer run(Step step) {
      ArchiveRecord archive = step.state().archives().of(sessionId);
      if (step.state().session(sessionId) == null && archive == null) {
        throw step.refusal(Refusal.UNKNOWN_SESSION, sessionId);
      }
      if (step.state().session(sessionId) != null && !step.session(sessionId).over()) {
        Inbox inbox = step.state().inbox(sessionId);
        return new Answer(inbox == null ? List.of() : ShownMessage.stored(step, inbox.all()));
      }
      return new Answer(
          archive == null ? List.of() : ShownMessage.stored(step, archive.messages()));
    }
  }

  /** How many messages nobody has acknowledged, and since when the oldest. */
  public record CountMessages() implements ReadOperation<InboxCounts> {

    @Override
    public InboxCounts run(Step step) {
      UnreadMessages unread = step.state().unread();
      return new InboxCounts(
          unread.count(Lane.URGENT),
          oldest(step, Lane.URGENT),
          unread.count(Lane.NORMAL),
          oldest(step, Lane.NORMAL));
    }

    private static long oldest(Step step, Lane lane) {
      long[] sentAt = new long[1];
      step.state()
          .unread()
          .visitAfter(
              lane,
              0,
              (seq, sessionId) -> {
                Inbox inbox = step.state().inbox(sessionId);
                MessageRecord message = inbox == null ? null : inbox.at(lane, seq);
                sentAt[0] = message == null ? 0 : message.createdAtMs();
                return false;
              });
      return sentAt[0];
    }
  }
}
