package dev.sluice.backend.engine.read;

import dev.sluice.backend.events.EventPage;

/** {@link dev.sluice.backend.events.EventLog#after}. */
public record ReadEvents(long after, int limit) implements ReadOperation<EventPage> {

  @Override
  public EventPage run(ReadStep step) {
    return step.state().events().after(after, limit);
  }

  /** A reader asks for what follows these, whatever gets their numbers. */
  @Override
  public boolean isFinal() {
    return true;
  }
}
