package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.hazelcast.state.Change;
import dev.sluice.backend.hazelcast.state.MovedSession;
import dev.sluice.backend.hazelcast.state.SessionRecord;

/** Ended sessions leave the entry some time after their records were written outside of it. */
final class MoveOut {

  /** Calls about a session that has just ended are common. */
  private static final long AFTER_MS = 60_000;

  /** Most of them in one step. */
  private static final int AT_ONCE = 500;

  private MoveOut() {}

  static void moveOut(Step step) {
    var outbox = step.state().outbox();
    for (String id : outbox.writtenUntil(step.now() - AFTER_MS, AT_ONCE)) {
      var written = outbox.written(id);
      if (written != null && step.state().session(id) instanceof SessionRecord session) {
        step.applyQuietly(
            new Change.MoveOut(
                new MovedSession(id, session.endedAtMs(), written.record(), session.payload())));
      }
    }
  }
}
