package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.hazelcast.state.ActivityRecord;
import java.util.List;

/**
 * A session's activities, the oldest first.
 *
 * @param afterId only those with a greater id
 */
public record ListActivities(String sessionId, long afterId, int limit)
    implements ReadOperation<ListActivities.Answer> {

  /** The activities, without what was said. */
  public record Answer(List<ActivityRecord> activities) {}

  @Override
  public Answer run(Step step) {
    step.session(sessionId);
    return new Answer(
        step.activities(sessionId).stream()
            .filter(activity -> activity.id() > afterId)
            .limit(limit)
            .toList());
  }
}
