package dev.sluice.backend.redis;

import dev.sluice.backend.AckResult;
import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.SendResult;
import dev.sluice.backend.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages to sessions, until they are acknowledged. */
final class RedisInboxes implements Inboxes {

  private final ScriptRunner scripts;

  RedisInboxes(ScriptRunner scripts) {
    this.scripts = scripts;
  }

  @Override
  public Decided<SendResult> send(
      String org, String sessionId, NewMessage message, AuditNote note) {
    MessageContent content =
        new MessageContent(
            message.type(),
            message.lane(),
            message.payload(),
            message.userId(),
            message.userName());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                sessionId,
                message.lane().wire(),
                content.json(),
                message.type() == MessageType.NUDGE ? "1" : "0"));
    arguments.addAll(RedisWorkQueue.call(message.idempotency()));
    Reply reply =
        scripts.run(
            LuaScript.SEND,
            Subject.session(sessionId),
            new ScriptRunner.Run(org, List.copyOf(arguments))
                .audited(note, AuditAct.send(sessionId, message.type(), message.lane())));
    return reply.decided(new SendResult(content.as(sessionId, reply.text(0)), reply.flag(1)));
  }

  @Override
  public Decided<AckResult> ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    List<String> arguments = new ArrayList<>(List.of(sessionId, messageId, lane.wire()));
    arguments.addAll(holder == null ? List.of("", "", "0") : RedisSessions.holder(holder));
    Reply reply =
        scripts.run(
            LuaScript.ACK,
            Subject.session(sessionId),
            new ScriptRunner.Run(org, List.copyOf(arguments)));
    Session session = holder == null ? null : SessionReader.read(reply.list(1), reply.seq());
    return reply.decided(new AckResult(reply.flag(0), session));
  }

  @Override
  public Decided<List<Message>> list(String org, String sessionId) {
    Reply reply =
        scripts.runRepeatable(
            LuaScript.MESSAGES, Subject.session(sessionId), ScriptRunner.Run.of(org, sessionId));
    List<Message> messages = new ArrayList<>();
    Map<String, String> offered = Reply.map(reply.list(1));
    Reply.map(reply.list(0))
        .forEach(
            (id, content) -> {
              Message message = MessageContent.message(sessionId, id, content);
              String member = message.lane().wire().charAt(0) + id;
              messages.add(message.offered(Long.parseLong(offered.getOrDefault(member, "0"))));
            });
    messages.sort(
        Comparator.comparing(Message::lane)
            .thenComparingLong(message -> MessageContent.number(message.id())));
    return reply.decided(List.copyOf(messages));
  }
}
