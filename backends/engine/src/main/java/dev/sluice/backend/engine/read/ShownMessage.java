package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.records.MessageRecord;
import java.util.List;

/** A message without its text. */
public record ShownMessage(MessageRecord message, long offeredAtMs) {

  static List<ShownMessage> stored(ReadStep step, List<MessageRecord> messages) {
    long visibilityMs = step.rules().visibilityMs();
    return messages.stream()
        .map(message -> new ShownMessage(message, message.offeredAtMs(visibilityMs)))
        .toList();
  }

  public static List<ShownMessage> offered(ReadStep step, List<MessageRecord> messages) {
    return messages.stream().map(message -> new ShownMessage(message, step.now())).toList();
  }
}
