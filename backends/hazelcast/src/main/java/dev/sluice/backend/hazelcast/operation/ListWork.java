package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Place;
import dev.sluice.backend.hazelcast.state.Bucket;
import dev.sluice.backend.hazelcast.state.ProjectWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waiting work of a project. */
public record ListWork(String project, Place place, @Nullable Cursor after, int limit)
    implements ReadOperation<SessionPage> {

  @Override
  public SessionPage run(Step step) {
    ProjectWork known = step.state().work().project(project);
    if (known == null) {
      return new SessionPage(List.of(), null);
    }
    return SessionPage.of(
        step,
        switch (place) {
          case PARKED -> KeyedPage.up(known.parked(), after, limit);
          case LATER -> KeyedPage.up(known.later(), after, limit);
          default ->
              KeyedPage.merged(known.buckets().stream().map(Bucket::items).toList(), after, limit);
        });
  }
}
