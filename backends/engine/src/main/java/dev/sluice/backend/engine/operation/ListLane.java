package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Lane;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.MessageRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The unacknowledged messages of a lane, the oldest first.
 *
 * @param after only those of a later sequence number
 */
public record ListLane(Lane lane, long after, int limit) implements ReadOperation<ListLane.Answer> {

  /**
   * A page.
   *
   * @param more whether others follow
   */
  public record Answer(List<ShownMessage> messages, boolean more) {}

  @Override
  public Answer run(Step step) {
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
