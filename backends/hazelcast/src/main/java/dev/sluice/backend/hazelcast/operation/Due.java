package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.hazelcast.state.RankedSet;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is due by time, in bounded steps. */
final class Due {

  private Due() {}

  /** Nacked work whose back-off is over is open to all. Returns how many were handled. */
  static int endBackOffs(Step step, int atMost) {
    List<SessionRecord> due = sessions(step, step.state().deadlines().due(), atMost);
    for (SessionRecord session : due) {
      step.put(session.backOffOver());
    }
    return due.size();
  }

  /** The readable sessions whose time has come, first come first; damaged ones are passed over. */
  static List<SessionRecord> sessions(Step step, @Nullable RankedSet deadlines, int atMost) {
    if (atMost <= 0
        || deadlines == null
        || deadlines.isEmpty()
        || deadlines.firstNumber() > step.now()) {
      return List.of();
    }
    List<SessionRecord> due = new ArrayList<>();
    deadlines.visit(
        (time, id) -> {
          if (time > step.now()) {
            return false;
          }
          SessionRecord session = step.indexed(id);
          if (session != null) {
            due.add(session);
          }
          return due.size() < atMost;
        });
    return due;
  }
}
