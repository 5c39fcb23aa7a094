package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Page;
import dev.sluice.backend.engine.state.ActivityRecord;
import java.util.ArrayList;
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
    List<ActivityRecord> activities = new ArrayList<>();
    long bytes = 0;
    for (ActivityRecord activity : step.activities(sessionId)) {
      if (activity.id() > afterId) {
        bytes += activity.bytes();
        if (activities.size() == limit || (!activities.isEmpty() && bytes > Page.MAX_BYTES)) {
          break;
        }
        activities.add(activity);
      }
    }
    return new Answer(activities);
  }
}
