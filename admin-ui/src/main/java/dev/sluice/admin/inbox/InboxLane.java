package dev.sluice.admin.inbox;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param others more unacknowledged messages; null for none
 * @param acked latest first
 */
public record InboxLane(
    String name,
    String count,
    Rows<MessageRow> table,
    @Nullable String others,
    Rows<MessageRow> acked) {

  private static final int MOST = 20;

  public static InboxLane of(Lane lane, InboxHistory inbox, Visit visit) {
    List<Message> own =
        inbox.unacknowledged().stream().filter(message -> message.lane() == lane).toList();
    List<MessageRow> rows =
        own.stream().limit(MOST).map(message -> MessageRow.of(message, visit.now())).toList();
    int others = own.size() - rows.size();
    return new InboxLane(
        lane.wire(),
        Formats.count(own.size()),
        new Rows<>(rows),
        others == 0 ? null : Formats.count(others, "more message"),
        new Rows<>(acked(lane, inbox, visit)));
  }

  private static List<MessageRow> acked(Lane lane, InboxHistory inbox, Visit visit) {
    List<AckedMessage> latest = new ArrayList<>(inbox.acknowledged());
    Collections.reverse(latest);
    return latest.stream()
        .filter(acked -> acked.message().lane() == lane)
        .limit(MOST)
        .map(acked -> MessageRow.of(acked, visit))
        .toList();
  }
}
