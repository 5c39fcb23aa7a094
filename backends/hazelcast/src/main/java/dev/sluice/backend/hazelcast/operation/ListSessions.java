package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Place;
import org.jspecify.annotations.Nullable;

/** The sessions of an org that are claimed, ended or dead. */
public record ListSessions(Place place, @Nullable Cursor after, int limit)
    implements ReadOperation<SessionPage> {

  @Override
  public SessionPage run(Step step) {
    return SessionPage.of(
        step,
        switch (place) {
          case CLAIMED -> KeyedPage.up(step.state().claimed(), after, limit);
          case DEAD -> KeyedPage.down(step.state().dead(), after, limit);
          default -> KeyedPage.down(step.state().ended(), after, limit);
        });
  }
}
