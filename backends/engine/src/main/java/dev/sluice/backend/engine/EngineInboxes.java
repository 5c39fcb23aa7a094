package dev.sluice.backend.engine;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditNote;
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
import dev.sluice.backend.inbox.AckResult;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Inboxes;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.Holder;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EngineInboxes implements Inboxes {

  private final Orgs orgs;
  private final SessionItems items;
  private final Blobs texts;

  EngineInboxes(Orgs orgs, SideTables tables) {
    this.orgs = orgs;
    this.items = new SessionItems(orgs, tables);
    this.texts = tables.texts();
  }

  @Override
  public Decided<SendResult> send(
      String org, String sessionId, NewMessage message, AuditNote note) {
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
      Decided<Send.Answer> sent = orgs.call(org, send);
      boolean replayed = sent.value().replayed();
      if (replayed) {
        texts.delete(new Blobs.Ref(org, sessionId, text.name()));
      }
      return new Decided<>(
          sent.seq(), new SendResult(sent.value().message().show(message.payload()), replayed));
    } catch (RefusedException e) {
      texts.delete(new Blobs.Ref(org, sessionId, text.name()));
      throw e;
    }
  }

  @Override
  public Decided<AckResult> ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    return orgs.reading(
        () -> {
          Decided<Ack.Answer> answer = orgs.call(org, new Ack(sessionId, messageId, lane, holder));
          PositionedSession session = answer.value().session();
          return new Decided<>(
              answer.seq(),
              new AckResult(
                  answer.value().known(), session == null ? null : items.show(org, session)));
        });
  }

  @Override
  public Decided<List<Message>> list(String org, String sessionId) {
    return orgs.reading(
        () -> {
          Decided<ListMessages.Answer> answer = orgs.call(org, new ListMessages(sessionId));
          return new Decided<>(
              answer.seq(), MessageTexts.showPage(texts, org, answer.value().messages()));
        });
  }

  @Override
  public Decided<InboxHistory> history(String org, String sessionId) {
    return orgs.reading(
        () -> {
          Decided<ReadInbox.Answer> answer = orgs.call(org, new ReadInbox(sessionId));
          ReadInbox.Answer kept = answer.value();
          return new Decided<>(
              answer.seq(),
              new InboxHistory(
                  MessageTexts.showPage(texts, org, kept.unacknowledged()),
                  kept.acknowledged().stream()
                      .map(acked -> acked.show(kept.visibilityMs()))
                      .toList()));
        });
  }

  @Override
  public Decided<Page<Message>> unacknowledged(
      String org, Lane lane, @Nullable Cursor cursor, int limit) {
    long after = cursor == null ? 0 : cursor.number();
    Decided<ListLane.Answer> answer = orgs.call(org, new ListLane(lane, after, limit));
    List<ShownMessage> shown = answer.value().messages();
    return new Decided<>(
        answer.seq(),
        new Page<>(
            shown.stream().map(MessageTexts::excerpt).toList(),
            answer.value().more() ? last(shown) : null));
  }

  @Override
  public Decided<InboxCounts> counts(String org) {
    return orgs.call(org, new CountMessages());
  }

  private static Cursor last(List<ShownMessage> page) {
    MessageRecord message = page.get(page.size() - 1).message();
    return new Cursor(message.seq(), message.sessionId());
  }
}
