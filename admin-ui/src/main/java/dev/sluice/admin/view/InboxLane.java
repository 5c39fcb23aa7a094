package dev.sluice.admin.view;

import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a lane that nobody acknowledged, the oldest first.
 *
 * @param count how many there are
 * @param table the first of them
 * @param others how many more, in words; null for none
 */
public record InboxLane(
    String name, String count, Table<MessageRow> table, @Nullable String others) {

  private static final int MOST = 20;
  private static final int MOST_PAYLOAD = 1_000;

  /** A message; its payload may be cut. */
  public record MessageRow(
      String type, @Nullable TimeText sent, @Nullable String from, Ref id, String payload) {

    private static MessageRow of(Message message, long now) {
      String from = message.userName() == null ? message.userId() : message.userName();
      return new MessageRow(
          message.type().wire(),
          TimeText.of(message.createdAtMs(), now),
          from == null ? null : Formats.cut(from, 80),
          new Ref(message.id(), null),
          Formats.cut(message.payload(), MOST_PAYLOAD));
    }
  }

  /** The messages of one lane among those of a session. */
  static InboxLane of(Lane lane, List<Message> messages, long now) {
    List<Message> own = messages.stream().filter(message -> message.lane() == lane).toList();
    List<MessageRow> rows =
        own.stream().limit(MOST).map(message -> MessageRow.of(message, now)).toList();
    int others = own.size() - rows.size();
    return new InboxLane(
        lane.wire(),
        Formats.count(own.size()),
        new Table<>(rows),
        others == 0 ? null : Formats.count(others, "more message"));
  }
}
