package dev.sluice.backend.redis.reply;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.work.BatchJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads records of {@code export.lua}. Each begins with its kind. */
public final class CopyReader {

  private static final int ANSWER_PARTS = 4;

  private final List<OrgRecord> records = new ArrayList<>();
  private final List<String> damaged;

  /**
   * @param damaged names that the script found
   */
  public CopyReader(List<String> damaged) {
    this.damaged = new ArrayList<>(damaged);
  }

  public List<OrgRecord> records() {
    return records;
  }

  public List<String> damaged() {
    return damaged;
  }

  public void add(List<?> entry) {
    String kind = Reply.text(entry.get(0));
    try {
      switch (kind) {
        case "session" -> records.add(SessionCopyReader.read(entry));
        case "worker" -> records.add(WorkerCopyReader.read(entry));
        case "answers" -> records.addAll(answers(entry));
        case "acked" -> records.add(acked(Reply.texts(entry)));
        default -> records.add(one(kind, Reply.texts(entry)));
      }
    } catch (RuntimeException e) {
      damaged.add(
          (kind.equals("told") || kind.equals("message") ? "session" : kind)
              + " "
              + Reply.text(entry.get(1)));
    }
  }

  private static OrgRecord one(String kind, List<String> parts) {
    return switch (kind) {
      case "numbers" -> numbers(parts);
      case "logged" -> new OrgRecord.Logged(number(parts, 1));
      case "revoked" -> new OrgRecord.Revoked(parts.get(1));
      case "project" -> project(parts);
      case "told" -> told(parts);
      case "message" -> message(parts);
      case "job" -> job(parts);
      case "stop" -> stop(parts);
      case "audit" -> audit(parts);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static OrgRecord numbers(List<String> parts) {
    return new OrgRecord.Numbers(
        number(parts, 1),
        number(parts, 2),
        number(parts, 3),
        number(parts, 4),
        number(parts, 5),
        number(parts, 6),
        number(parts, 7));
  }

  private static long number(List<String> parts, int index) {
    return Long.parseLong(parts.get(index));
  }

  private static OrgRecord project(List<String> parts) {
    String max = parts.get(2);
    String budget = parts.get(3);
    Pause pause = parts.get(6).equals("-") ? null : QueueReader.pause(parts.get(7), parts.get(6));
    return new OrgRecord.Project(
        parts.get(1),
        new QueueLimits(
            max.isEmpty() ? null : Integer.valueOf(max),
            budget.isEmpty() ? null : Long.valueOf(budget)),
        number(parts, 4),
        number(parts, 5),
        pause);
  }

  private static OrgRecord told(List<String> parts) {
    var activity = LineReader.activities(List.of(parts.get(2))).get(0);
    return new OrgRecord.Told(
        parts.get(1), activity.id(), activity.atMs(), activity.type(), activity.body());
  }

  private static OrgRecord message(List<String> parts) {
    Message message = MessageContent.message(parts.get(1), parts.get(2), parts.get(3));
    return new MessageCopy(
        message.sessionId(),
        message.id(),
        MessageContent.number(message.id()),
        message.type(),
        message.lane(),
        message.payload(),
        message.userId(),
        message.userName(),
        message.createdAtMs(),
        number(parts, 4),
        Text.orNull(parts.get(5)),
        number(parts, 6));
  }

  private static OrgRecord acked(List<String> parts) {
    List<AckedMessage> messages =
        parts.subList(2, parts.size()).stream()
            .map(line -> MessageContent.acked(parts.get(1), line))
            .toList();
    return new OrgRecord.Acked(parts.get(1), messages);
  }

  private static OrgRecord job(List<String> parts) {
    return new JobCopy(
        parts.get(1),
        parts.get(8),
        parts.get(9),
        number(parts, 7),
        BatchJob.State.valueOf(parts.get(2)),
        (int) number(parts, 3),
        Text.orNull(parts.get(4)),
        number(parts, 5),
        number(parts, 6),
        number(parts, 10),
        parts.get(11).equals("1"));
  }

  private static OrgRecord stop(List<String> parts) {
    StopOrder order = StopOrderText.read(parts.get(1), parts.get(2));
    if (order == null) {
      throw new IllegalArgumentException(parts.get(1));
    }
    return new OrgRecord.Stop(order);
  }

  private static OrgRecord audit(List<String> parts) {
    List<AuditLine> lines = LineReader.audit(List.of(parts.get(1)));
    return new OrgRecord.Audited(lines.get(0));
  }

  /** By their parts of the call. */
  private static List<OrgRecord.Answer> answers(List<?> entry) {
    String key = Reply.text(entry.get(1));
    List<OrgRecord.Answer> answers = new ArrayList<>();
    Map<String, String> fields = Reply.map((List<?>) entry.get(2));
    List<String> body = Text.fields(fields.getOrDefault("body", ""));
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (!field.getKey().equals("body")) {
        int part = Integer.parseInt(field.getKey());
        answers.add(answer(key, part, body.get(0), Long.parseLong(body.get(1)), field.getValue()));
      }
    }
    answers.sort((a, b) -> Integer.compare(a.part(), b.part()));
    return answers;
  }

  /** That of a message is its id. */
  private static OrgRecord.Answer answer(
      String key, int part, String bodyHash, long untilMs, String text) {
    List<String> parts = Text.fields(text);
    if (parts.size() == ANSWER_PARTS) {
      return new OrgRecord.Answer(
          key,
          part,
          bodyHash,
          untilMs,
          parts.get(0),
          parts.get(1).equals("1"),
          SessionState.valueOf(parts.get(2)),
          Integer.parseInt(parts.get(3)),
          0);
    }
    long sentAtMs = Long.parseLong(text.substring(0, text.indexOf('-')));
    return new OrgRecord.Answer(key, part, bodyHash, untilMs, text, false, null, 0, sentAtMs);
  }
}
