package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Holder;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.hazelcast.state.SessionRecord;

/** A worker's report of a session's state. */
public record Report(String sessionId, Holder holder, StatusReport report)
    implements Operation<Report.Answer> {

  /**
   * What became of it.
   *
   * @param reattached whether it brought back a lost claim
   */
  public record Answer(
      SessionState.Transition transition, SessionView session, boolean reattached) {}

  @Override
  public Answer run(Step step) {
    SessionRecord before = step.session(sessionId);
    Ownership.Acting acting = Ownership.act(step, before, holder);
    SessionRecord session = acting.session();
    SessionState target = report.target();
    SessionState.Transition transition = session.state().onReport(target);
    SessionRecord after =
        switch (transition) {
          case ADVANCE ->
              target.terminal()
                  ? session.end(target, report.fields(), step.now())
                  : session.advance(target, report.fields(), step.now());
          case MERGE -> session.merge(report.fields(), step.now());
          case REPEAT, LATE, CONFLICT ->
              session.inGrace() && (target.terminal() || target == SessionState.FINALIZING)
                  ? session.release()
                  : session;
        };
    if (!after.equals(before)) {
      if (after.claimed()) {
        step.put(after);
      } else {
        step.putEnded(after);
      }
    }
    return new Answer(transition, step.view(after), acting.reattached());
  }
}
