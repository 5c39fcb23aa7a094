package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.MovedSession;
import dev.sluice.backend.engine.state.Outbox;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.List;

/**
 * Takes ended sessions out of the entry whose records were written outside of it; answers whether
 * there may be more. Nobody sees a difference.
 *
 * @param afterMs how long after they were written
 * @param atMost most of them
 */
public record MoveOut(long afterMs, int atMost) implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    Outbox outbox = step.state().outbox();
    List<String> ids = outbox.writtenUntil(step.now() - afterMs, atMost);
    for (String id : ids) {
      Outbox.Written written = outbox.written(id);
      if (written != null && step.state().session(id) instanceof SessionRecord session) {
        step.applyQuietly(
            new Change.MoveOut(
                new MovedSession(
                    id,
                    session.endedAtMs(),
                    written.record(),
                    session.payload(),
                    step.state().bytesOf(id))));
      }
    }
    return ids.size() == atMost;
  }
}
