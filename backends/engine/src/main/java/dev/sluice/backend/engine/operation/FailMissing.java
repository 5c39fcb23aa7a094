package dev.sluice.backend.engine.operation;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Event;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Run;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a claimed session up whose JSON is not there, so that nobody is handed nothing. Answers
 * whether that claim still stood.
 *
 * @param token the claim
 * @param before what the session had behind it, where the claim was made by the poll that found
 *     this out: nobody has been told of it, so it leaves no trace. Null for an earlier claim
 */
public record FailMissing(String sessionId, long token, @Nullable Run before)
    implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    SessionRecord session = step.session(sessionId);
    if (!session.claimed() || session.inGrace() || session.run().token() != token) {
      return false;
    }
    Timeline timeline = step.state().timeline(sessionId);
    if (before != null
        && session.awaitsAccept()
        && timeline != null
        && timeline.last().kind() == Event.Kind.CLAIMED) {
      List<Event> lines = timeline.lines();
      step.apply(
          new Change.PutTimeline(
              sessionId, timeline.count() - 1, List.copyOf(lines.subList(0, lines.size() - 1))));
      Endings.die(step, session.neverClaimed(before), DeadReason.ITEM_MISSING, false, null);
    } else {
      Endings.die(step, session, DeadReason.ITEM_MISSING, true, session.owner());
    }
    return true;
  }
}
