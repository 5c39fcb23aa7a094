package dev.sluice.backend.engine.read;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.UnreadMessages;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Lane;
import java.util.ArrayList;
import java.util.List;

public final class InboxReads {

  private InboxReads() {}

  public record ReadInbox(String sessionId) implements ReadOperation<ReadInbox.Answer> {

    public record Answer(
        List<ShownMessage> unacknowledged, List<AckedRecord> acknowledged, long visibilityMs) {}

    @Override
    public Answer run(ReadStep step) {
      List<ShownMessage> unacknowledged = new ListMessages(sessionId).run(step).messages();
      return new Answer(unacknowledged, step.acknowledged(sessionId), step.rules().visibilityMs());
    }
  }

  /**
   * @param after exclusive
   */
  public record ListLane(Lane lane, long after, int limit)
      implements ReadOperation<ListLane.Answer> {

    public record Answer(List<ShownMessage> messages, boolean more) {}

    @Override
    public Answer run(ReadStep step) {
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

  /** Archived ones for an ended session. */
  public record ListMessages(String sessionId) implements ReadOperation<ListMessages.Answer> {

    /** Urgent messages first, then by age. */
    public record Answer(List<ShownMessage> messages) {}

    @Override
    public Answer run(ReadStep step) {
      ArchiveRecord archive = step.state().archives().find(sessionId);
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

  public record CountMessages() implements ReadOperation<InboxCounts> {

    @Override
    public InboxCounts run(ReadStep step) {
      UnreadMessages unread = step.state().unread();
      return new InboxCounts(
          unread.count(Lane.URGENT),
          oldest(step, Lane.URGENT),
          unread.count(Lane.NORMAL),
          oldest(step, Lane.NORMAL));
    }

    private static long oldest(ReadStep step, Lane lane) {
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
