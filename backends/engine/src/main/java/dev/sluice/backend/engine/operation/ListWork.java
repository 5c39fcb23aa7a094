package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Place;
import dev.sluice.backend.engine.state.Bucket;
import dev.sluice.backend.engine.state.ProjectWork;
import org.jspecify.annotations.Nullable;

/** The waiting work of a project. */
public record ListWork(String project, Place place, @Nullable Cursor after, int limit)
    implements ReadOperation<SessionPage> {

  @Override
  public SessionPage run(Step step) {
    return SessionPage.of(step, keys(step, project, place, after, limit));
  }

  static KeyedPage keys(Step step, String project, Place place, @Nullable Cursor after, int limit) {
    ProjectWork known = step.state().work().project(project);
    if (known == null) {
      return KeyedPage.EMPTY;
    }
    return place == Place.READY
        ? KeyedPage.merged(known.buckets().stream().map(Bucket::items).toList(), after, limit)
        : KeyedPage.up(known.list(place), after, limit);
  }
}
