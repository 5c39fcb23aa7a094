package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.hazelcast.state.ActivityRecord;
import java.util.List;

/**
 * A touch that leaves an activity.
 *
 * @param text names what was said, which is stored already
 * @param textStoredMs when it was stored, epoch ms
 */
public record AddActivity(String sessionId, Holder holder, long text, long textStoredMs)
    implements Operation<ActivityRecord> {

  @Override
  public ActivityRecord run(Step step) {
    step.requireFresh(textStoredMs);
    Touch.touch(step, sessionId, holder);
    List<ActivityRecord> before = step.activities(sessionId);
    long id = before.isEmpty() ? 1 : before.get(before.size() - 1).id() + 1;
    ActivityRecord activity = new ActivityRecord(id, step.now(), text);
    step.activity(sessionId, activity);
    return activity;
  }
}
