package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.engine.state.ActivityRecord;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A touch that leaves an activity.
 *
 * @param text names what was said, which is stored already
 * @param textStoredMs when it was stored, epoch ms
 * @param toolName the tool it tells of, or null
 * @param fields what the session keeps of it
 * @param bytes what it counts, {@link dev.sluice.backend.StoredBytes}
 */
public record AddActivity(
    String sessionId,
    Holder holder,
    long text,
    long textStoredMs,
    @Nullable String toolName,
    SortedMap<String, String> fields,
    long bytes)
    implements Operation<AddActivity.Answer> {

  /** The activity as stored, and the session after it. */
  public record Answer(ActivityRecord activity, SessionView session) {}

  @Override
  public Answer run(Step step) {
    step.requireFresh(textStoredMs);
    if (Ownership.of(step, step.session(sessionId), holder) != Ownership.NONE) {
      step.requireBytes(bytes);
    }
    SessionRecord session = Touch.touch(step, sessionId, holder);
    if (session.claimed() && !session.inGrace()) {
      step.store(session.told(fields, toolName, step.now()));
    }
    List<ActivityRecord> before = step.activities(sessionId);
    long id = before.isEmpty() ? 1 : before.get(before.size() - 1).id() + 1;
    ActivityRecord activity = new ActivityRecord(id, step.now(), text, bytes);
    step.activity(sessionId, activity);
    return new Answer(activity, step.view(sessionId));
  }
}
