package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Issue;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/** Which session of an issue is in its bucket: docs/rules.md, "Issues". */
final class Contention {

  private Contention() {}

  static SessionRecord placed(WriteStep step, SessionRecord session) {
    Issue issue = step.state().issues().joined(session.issueId(), session.id());
    if (issue == null) {
      return session.atBucket();
    }
    String claimed = issue.claimed();
    if (claimed != null && !claimed.equals(session.id())) {
      return session.at(Place.PARKED);
    }
    return issue.goesFirst(session.score(), session.id())
        ? session.atBucket()
        : session.at(Place.PARKED);
  }

  static void settle(WriteStep step, String issueId) {
    Issue issue = step.state().issues().shared(issueId);
    if (issue == null) {
      return;
    }
    String best = issue.best();
    String second = issue.second();
    if (issue.claimed() != null) {
      park(step, best);
    } else if (best != null) {
      park(step, second);
      SessionRecord first = step.indexed(best);
      if (first != null && first.place() == Place.PARKED) {
        step.store(first.atBucket());
      }
    }
  }

  private static void park(WriteStep step, @Nullable String id) {
    SessionRecord session = id == null ? null : step.indexed(id);
    if (session != null && session.place().inOrder()) {
      step.store(session.at(Place.PARKED));
    }
  }
}
