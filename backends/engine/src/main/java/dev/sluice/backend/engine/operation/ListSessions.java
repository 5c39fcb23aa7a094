package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Place;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.RankedSet;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are claimed, ended or dead.
 *
 * @param project whose; null for all of the org
 */
public record ListSessions(@Nullable String project, Place place, @Nullable Cursor after, int limit)
    implements ReadOperation<SessionPage> {

  @Override
  public SessionPage run(Step step) {
    return SessionPage.of(step, keys(step, project, place, after, limit));
  }

  static KeyedPage keys(
      Step step, @Nullable String project, Place place, @Nullable Cursor after, int limit) {
    RankedSet set =
        project == null ? all(step.state(), place) : ofProject(step.state(), project, place);
    return place == Place.CLAIMED
        ? KeyedPage.up(set, after, limit)
        : KeyedPage.down(set, after, limit);
  }

  private static RankedSet all(OrgState org, Place place) {
    return switch (place) {
      case CLAIMED -> org.claimed();
      case DEAD -> org.dead();
      default -> org.ended();
    };
  }

  private static @Nullable RankedSet ofProject(OrgState org, String project, Place place) {
    ProjectWork known = org.work().project(project);
    return known == null ? null : known.list(place);
  }
}
