package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.state.ArchiveRecord;
import dev.sluice.backend.engine.state.Inbox;
import java.util.List;

/** What a live session has not acknowledged, or an ended one had not. */
public record ListMessages(String sessionId) implements ReadOperation<ListMessages.Answer> {

  /** Urgent ones first, then by age. */
  public record Answer(List<ShownMessage> messages) {}

  @Override
  public Answer run(Step step) {
    ArchiveRecord archive = step.state().archives().of(sessionId);
    if (step.state().session(sessionId) == null && archive == null) {
      throw step.refusal(Refusal.UNKNOWN_SESSION, sessionId);
    }
    if (step.state().session(sessionId) != null && !step.session(sessionId).over()) {
      Inbox inbox = step.state().inbox(sessionId);
      return new Answer(inbox == null ? List.of() : ShownMessage.stored(step, inbox.all()));
    }
    return new Answer(archive == null ? List.of() : ShownMessage.stored(step, archive.messages()));
  }
}
