package dev.sluice.backend.engine.operation;

import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.engine.state.SessionRecord;
import org.jspecify.annotations.Nullable;

/** Where a session stands and why. */
public record FindStanding(String sessionId) implements ReadOperation<FindStanding.Answer> {

  /**
   * See {@link dev.sluice.backend.Standing}.
   *
   * @param behind the session of its issue that goes first, for parked work; else null
   */
  public record Answer(
      SessionView session, @Nullable String behind, boolean behindClaimed, ProjectQueue queue) {}

  @Override
  public Answer run(Step step) {
    SessionRecord session = step.session(sessionId);
    FirstOfIssue first = FirstOfIssue.of(step, session);
    return new Answer(
        step.view(session), first.id(), first.claimed(), FindQueue.show(step, session.project()));
  }
}
