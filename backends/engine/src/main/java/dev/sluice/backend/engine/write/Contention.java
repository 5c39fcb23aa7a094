package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Issue;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which session of an issue is in its bucket: docs/rules.md, "Issues". */
final class Contention {

  private Contention() {}

  static SessionRecord placed(WriteStep step, SessionRecord session) {
    Issue issue = step.state().issues().joined(session);
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

  /** Settles the issue of a session. */
  static void settle(WriteStep step, SessionRecord session) {
    Issue issue = step.state().issues().shared(session);
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

  /** Lets parked work go that nothing keeps. Returns how much. */
  static int unpark(WriteStep step, List<String> parked) {
    int freed = 0;
    for (String id : parked) {
      SessionRecord session = step.indexed(id);
      Issue issue = session == null ? null : step.state().issues().shared(session);
      if (session != null
          && session.place() == Place.PARKED
          && issue != null
          && issue.claimed() == null
          && id.equals(issue.best())) {
        step.store(session.atBucket());
        freed++;
      }
    }
    return freed;
  }

  private static void park(WriteStep step, @Nullable String id) {
    SessionRecord session = id == null ? null : step.indexed(id);
    if (session != null && session.place().inOrder()) {
      step.store(session.at(Place.PARKED));
    }
  }
}
