package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.reply.MessageContent;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.SessionReader;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class RedisInboxes implements Inboxes {

  private static final int LANE_FIELDS = 4;

  private final FunctionRunner scripts;

  RedisInboxes(FunctionRunner scripts) {
    this.scripts = scripts;
  }

  @Override
  public SendResult send(String org, String sessionId, NewMessage message, AuditNote note) {
    MessageContent content =
        new MessageContent(message.type(), message.lane(), message.userId(), message.userName());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                sessionId,
                message.lane().wire(),
                content.with(message.payload()),
                message.type() == MessageType.NUDGE ? "1" : "0"));
    arguments.addAll(RedisWorkQueue.call(message.idempotency()));
    Reply reply =
        scripts.run(
            LuaFunction.SEND,
            sessionId,
            new Run(org, arguments)
                .audited(note, AuditAct.send(sessionId, message.type(), message.lane())));
    return new SendResult(content.as(sessionId, reply.text(0), message.payload()), reply.flag(1));
  }

  @Override
  public AckResult ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    List<String> arguments = new ArrayList<>(List.of(sessionId, messageId, lane.wire()));
    arguments.addAll(holder == null ? List.of("", "", "0") : RedisSessions.holder(holder));
    Reply reply = scripts.run(LuaFunction.ACK, sessionId, new Run(org, arguments));
    Session session = holder == null ? null : SessionReader.read(reply.list(1));
    return new AckResult(reply.flag(0), session);
  }

  @Override
  public List<Message> list(String org, String sessionId) {
    Reply reply = read(org, sessionId, "0");
    return unacknowledged(sessionId, reply);
  }

  @Override
  public InboxHistory history(String org, String sessionId) {
    Reply reply = read(org, sessionId, "1");
    List<AckedMessage> acked =
        Reply.texts(reply.list(2)).stream()
            .map(line -> MessageContent.acked(sessionId, line))
            .toList();
    return new InboxHistory(unacknowledged(sessionId, reply), acked);
  }

  @Override
  public Page<Message> unacknowledged(String org, Lane lane, @Nullable Cursor cursor, int limit) {
    Reply reply =
        scripts.run(
            LuaFunction.LANE,
            org,
            Run.of(
                org,
                lane.wire(),
                cursor == null ? "0" : String.valueOf(cursor.number()),
                String.valueOf(limit)));
    List<String> parts = Reply.texts(reply.list(0));
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += LANE_FIELDS) {
      messages.add(
          MessageContent.message(parts.get(i), parts.get(i + 1), parts.get(i + 3))
              .offered(Long.parseLong(parts.get(i + 2))));
    }
    Cursor next =
        reply.text(1).isEmpty() ? null : new Cursor(Long.parseLong(reply.text(1)), reply.text(2));
    return new Page<>(messages, next);
  }

  @Override
  public InboxCounts counts(String org) {
    Reply reply = scripts.run(LuaFunction.UNREAD, org, Run.of(org));
    return new InboxCounts(
        reply.number(0),
        Long.parseLong(reply.text(1)),
        reply.number(2),
        Long.parseLong(reply.text(3)));
  }

  private Reply read(String org, String sessionId, String acknowledgedToo) {
    return scripts.run(LuaFunction.MESSAGES, sessionId, Run.of(org, sessionId, acknowledgedToo));
  }

  private static List<Message> unacknowledged(String sessionId, Reply reply) {
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
    return List.copyOf(messages);
  }
}
