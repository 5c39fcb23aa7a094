package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class MeteredInboxes implements Inboxes {

  private final Inboxes next;
  private final StoreTimes times;
  private final Outcomes outcomes;

  MeteredInboxes(Inboxes next, StoreTimes times, Outcomes outcomes) {
    this.next = next;
    this.times = times;
    this.outcomes = outcomes;
  }

  @Override
  public SendResult send(String org, String sessionId, NewMessage message, AuditNote note) {
    SendResult answer =
        times.call(StoreCall.INBOXES_SEND, () -> next.send(org, sessionId, message, note));
    outcomes.sent(answer);
    if (!answer.replayed()) {
      AuditLog.wrote(org, note, AuditAct.send(sessionId, message.type(), message.lane()));
    }
    return answer;
  }

  @Override
  public AckResult ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    AckResult answer =
        times.call(StoreCall.INBOXES_ACK, () -> next.ack(org, sessionId, messageId, lane, holder));
    outcomes.acknowledged(messageId, lane, answer);
    return answer;
  }

  @Override
  public List<Message> list(String org, String sessionId) {
    return times.call(StoreCall.INBOXES_LIST, () -> next.list(org, sessionId));
  }

  @Override
  public InboxHistory history(String org, String sessionId) {
    return times.call(StoreCall.INBOXES_HISTORY, () -> next.history(org, sessionId));
  }

  @Override
  public Page<Message> unacknowledged(String org, Lane lane, @Nullable Cursor cursor, int limit) {
    return times.call(
        StoreCall.INBOXES_UNACKNOWLEDGED, () -> next.unacknowledged(org, lane, cursor, limit));
  }

  @Override
  public InboxCounts counts(String org) {
    return times.call(StoreCall.INBOXES_COUNTS, () -> next.counts(org));
  }
}
