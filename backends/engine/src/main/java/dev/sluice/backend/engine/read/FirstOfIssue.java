package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Issue;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/**
 * The session that parked work waits for.
 *
 * @param id null for work that isn't parked
 */
record FirstOfIssue(@Nullable String id, boolean claimed) {

  private static final FirstOfIssue NONE = new FirstOfIssue(null, false);

  static FirstOfIssue of(ReadStep step, SessionRecord session) {
    Issue issue = session.place() == Place.PARKED ? step.state().issues().shared(session) : null;
    if (issue == null) {
      return NONE;
    }
    String claimed = issue.claimed();
    return claimed == null
        ? new FirstOfIssue(issue.best(), false)
        : new FirstOfIssue(claimed, true);
  }
}
