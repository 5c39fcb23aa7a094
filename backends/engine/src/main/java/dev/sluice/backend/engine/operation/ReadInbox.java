package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.AckedRecord;
import java.util.List;

/** All that is kept of a session's inbox. */
public record ReadInbox(String sessionId) implements ReadOperation<ReadInbox.Answer> {

  /**
   * What there is.
   *
   * @param unacknowledged as {@link ListMessages} answers
   * @param acknowledged the first acknowledged first
   * @param visibilityMs {@link dev.sluice.backend.Rules#visibilityMs()}
   */
  public record Answer(
      List<ShownMessage> unacknowledged, List<AckedRecord> acknowledged, long visibilityMs) {}

  @Override
  public Answer run(Step step) {
    List<ShownMessage> unacknowledged = new ListMessages(sessionId).run(step).messages();
    return new Answer(unacknowledged, step.acknowledged(sessionId), step.rules().visibilityMs());
  }
}
