package dev.sluice.backend.hazelcast;

import dev.sluice.backend.AckResult;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.SendResult;
import dev.sluice.backend.hazelcast.operation.Ack;
import dev.sluice.backend.hazelcast.operation.ListMessages;
import dev.sluice.backend.hazelcast.operation.Send;
import dev.sluice.backend.hazelcast.operation.SessionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages to sessions. */
final class HazelcastInboxes implements Inboxes {

  private final OrgMap orgs;
  private final Items items;
  private final Blobs texts;

  HazelcastInboxes(OrgMap orgs, Outside outside) {
    this.orgs = orgs;
    this.items = new Items(orgs, outside);
    this.texts = outside.texts();
  }

  @Override
  public Decided<SendResult> send(
      String org, String sessionId, NewMessage message, AuditNote note) {
    long now = orgs.now();
    long text = texts.store(org, sessionId, message.payload(), now);
    Send send =
        new Send(
            sessionId,
            message.type(),
            message.lane(),
            message.userId(),
            message.userName(),
            text,
            now,
            message.idempotency(),
            note);
    try {
      Decided<Send.Answer> sent = orgs.call(org, send);
      boolean replayed = sent.value().replayed();
      if (replayed) {
        texts.delete(new Blobs.Ref(org, sessionId, text));
      }
      return new Decided<>(
          sent.seq(), new SendResult(sent.value().message().show(message.payload()), replayed));
    } catch (RefusedException e) {
      texts.delete(new Blobs.Ref(org, sessionId, text));
      throw e;
    }
  }

  @Override
  public Decided<AckResult> ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    return orgs.reading(
        () -> {
          Decided<Ack.Answer> answer = orgs.call(org, new Ack(sessionId, messageId, lane, holder));
          SessionView session = answer.value().session();
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
          return new Decided<>(answer.seq(), Texts.show(texts, org, answer.value().messages()));
        });
  }
}
