package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.MessageRecord;
import java.util.List;

/**
 * A message for an answer, without its text.
 *
 * @param offeredAtMs see {@link dev.sluice.backend.inbox.Message#offeredAtMs()}
 */
public record ShownMessage(MessageRecord message, long offeredAtMs) {

  /** Messages as they are stored. */
  static List<ShownMessage> stored(Step step, List<MessageRecord> messages) {
    long visibilityMs = step.rules().visibilityMs();
    return messages.stream()
        .map(message -> new ShownMessage(message, message.offeredAtMs(visibilityMs)))
        .toList();
  }

  /** Messages that the very operation offers. */
  static List<ShownMessage> offered(Step step, List<MessageRecord> messages) {
    return messages.stream().map(message -> new ShownMessage(message, step.now())).toList();
  }
}
