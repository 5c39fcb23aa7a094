package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.InboxReads.CountMessages;
import dev.sluice.backend.engine.read.InboxReads.ListLane;
import dev.sluice.backend.engine.read.InboxReads.ListMessages;
import dev.sluice.backend.engine.read.InboxReads.ReadInbox;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.read.ShownMessage;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.write.InboxOperations.Ack;
import dev.sluice.backend.engine.write.InboxOperations.Send;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Inboxes;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EngineInboxes implements Inboxes {

  private final Orgs orgs;
  private final Blobs texts;

  EngineInboxes(Orgs orgs, SideTables tables) {
    this.orgs = orgs;
    this.texts = tables.texts();
  }

  @Override
  public SendResult send(String org, String sessionId, NewMessage message, AuditNote note) {
    StoredText text = MessageTexts.store(texts, org, sessionId, message.payload(), orgs.now());
    Send send =
        new Send(
            sessionId,
            message.type(),
            message.lane(),
            message.userId(),
            message.userName(),
            text,
            message.idempotency(),
            note);
    try {
      Send.Answer sent = orgs.call(org, send);
      boolean replayed = sent.replayed();
      if (replayed) {
        texts.delete(new Blobs.Ref(org, sessionId, text.name()));
      }
      return new SendResult(sent.message().show(message.payload()), replayed);
    } catch (RefusedException e) {
      texts.delete(new Blobs.Ref(org, sessionId, text.name()));
      throw e;
    }
  }

  @Override
  public AckResult ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    Ack.Answer answer = orgs.call(org, new Ack(sessionId, messageId, lane, holder));
    PositionedSession session = answer.session();
    return new AckResult(answer.known(), session == null ? null : SessionItems.row(session));
  }

  @Override
  public List<Message> list(String org, String sessionId) {
    return orgs.reading(
        () -> {
          ListMessages.Answer answer = orgs.call(org, new ListMessages(sessionId));
          return MessageTexts.showPage(texts, org, answer.messages());
        });
  }

  @Override
  public InboxHistory history(String org, String sessionId) {
    return orgs.reading(
        () -> {
          ReadInbox.Answer kept = orgs.call(org, new ReadInbox(sessionId));
          return new InboxHistory(
              MessageTexts.showPage(texts, org, kept.unacknowledged()),
              kept.acknowledged().stream().map(acked -> acked.show(kept.visibilityMs())).toList());
        });
  }

  @Override
  public Page<Message> unacknowledged(String org, Lane lane, @Nullable Cursor cursor, int limit) {
    long after = cursor == null ? 0 : cursor.number();
    ListLane.Answer answer = orgs.call(org, new ListLane(lane, after, limit));
    List<ShownMessage> shown = answer.messages();
    return new Page<>(
        shown.stream().map(MessageTexts::excerpt).toList(), answer.more() ? last(shown) : null);
  }

  @Override
  public InboxCounts counts(String org) {
    return orgs.call(org, new CountMessages());
  }

  private static Cursor last(List<ShownMessage> page) {
    MessageRecord message = page.get(page.size() - 1).message();
    return new Cursor(message.seq(), message.sessionId());
  }
}
