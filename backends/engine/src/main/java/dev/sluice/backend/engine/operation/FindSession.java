package dev.sluice.backend.engine.operation;

/** Looks a session up. */
public record FindSession(String sessionId) implements ReadOperation<SessionView> {

  @Override
  public SessionView run(Step step) {
    return step.view(step.session(sessionId));
  }
}
