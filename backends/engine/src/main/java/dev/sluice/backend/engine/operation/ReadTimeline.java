package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Event;
import java.util.List;

/** A session's timeline, the oldest line first. */
public record ReadTimeline(String sessionId) implements ReadOperation<ReadTimeline.Answer> {

  /** Its lines. */
  public record Answer(List<Event> events) {}

  @Override
  public Answer run(Step step) {
    return new Answer(List.copyOf(step.events(step.session(sessionId))));
  }
}
