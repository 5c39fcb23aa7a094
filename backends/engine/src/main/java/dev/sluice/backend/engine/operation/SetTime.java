package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.SweepingNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets the time of an org to the clock: docs/rules.md, "Time". */
public record SetTime(AuditNote note) implements Operation<StoredTime> {

  @Override
  public StoredTime run(Step step) {
    long was = step.now();
    step.takeClock();
    step.applyQuietly(new Change.PutNodes(new SweepingNodes(Map.of(), step.now())));
    limit(step).forEach(step::apply);
    step.audit(note, AuditAct.setTime().found(String.valueOf(was - step.now())));
    return new StoredTime(was, step.now());
  }

  /** What is to happen later than one time-out from now, brought forward. */
  private static List<Change> limit(Step step) {
    List<Change> changes = new ArrayList<>();
    step.state()
        .eachOtherRecord(
            record -> {
              Change limited = limited(record, step.now(), step.rules());
              if (limited != null && !limited.equals(record)) {
                changes.add(limited);
              }
            });
    step.state()
        .eachSession(
            slot -> {
              if (slot instanceof SessionRecord session) {
                SessionRecord limited = limited(session, step.now(), step.rules());
                if (limited != session) {
                  changes.add(new Change.PutSession(limited));
                }
              }
            });
    return changes;
  }

  private static SessionRecord limited(SessionRecord session, long nowMs, Rules rules) {
    return session.notAfter(nowMs, rules.stopGraceMs(), rules.nackBackoffMs());
  }

  private static @Nullable Change limited(Change record, long nowMs, Rules rules) {
    if (record instanceof Change.PutPulse put) {
      return new Change.PutPulse(put.workerId(), put.pulse().notAfter(nowMs, rules.leaseMs()));
    } else if (record instanceof Change.PutWorker put) {
      long untilMs = nowMs + rules.tries().longestQuarantineMs();
      return new Change.PutWorker(put.worker().quarantinedAtMost(untilMs));
    } else if (record instanceof Change.PutMessage put) {
      long untilMs = Math.min(put.message().hiddenUntilMs(), nowMs + rules.visibilityMs());
      return new Change.PutMessage(put.message().injected(untilMs));
    } else if (record instanceof Change.PutJob put) {
      return new Change.PutJob(put.job().offeredAtMost(nowMs + rules.visibilityMs()));
    }
    return null;
  }
}
