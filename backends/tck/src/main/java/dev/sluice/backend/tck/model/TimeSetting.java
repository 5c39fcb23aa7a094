package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;

/** Sets the time of an org to the clock: docs/rules.md, "Time". */
final class TimeSetting {

  private final OrgState org;
  private final Rules rules;

  TimeSetting(OrgState org) {
    this.org = org;
    rules = org.rules;
  }

  StoredTime set(AuditNote note) {
    long was = org.now;
    org.now = org.clock;
    org.lastSweep = org.now;
    org.gapEnd = org.now;
    org.workers.forEach(this::set);
    org.sessions.stream().filter(session -> !session.damaged).forEach(this::set);
    org.jobs.stream()
        .filter(ModelJob::offered)
        .forEach(job -> job.offerEnds = atMost(job.offerEnds, rules.visibilityMs()));
    org.audit(note, AuditAct.setTime().found(String.valueOf(was - org.now)));
    return new StoredTime(was, org.now);
  }

  private void set(ModelWorker worker) {
    worker.lastSeen = atMost(worker.lastSeen, 0);
    worker.leaseUntil = atMost(worker.leaseUntil, rules.leaseMs());
    worker.lastPoll = atMost(worker.lastPoll, 0);
    worker.quarantinedUntil = atMost(worker.quarantinedUntil, rules.tries().longestQuarantineMs());
    worker.judgedUntil = atMost(worker.judgedUntil, 0);
  }

  private void set(ModelSession session) {
    session.inbox.forEach(
        message -> {
          message.offeredAt = atMost(message.offeredAt, 0);
          message.hiddenUntil = atMost(message.hiddenUntil, rules.visibilityMs());
        });
    session.returnUntil = atMost(session.returnUntil, rules.nackBackoffMs());
    if (session.claimed()) {
      long accept = session.acceptBy - session.claimedAt;
      session.claimedAt = atMost(session.claimedAt, 0);
      session.lastSign = atMost(session.lastSign, 0);
      session.releaseBy = atMost(session.releaseBy, rules.stopGraceMs());
      session.acceptBy = session.acceptBy == 0 ? 0 : session.claimedAt + accept;
    }
  }

  private long atMost(long time, long timeOut) {
    return Math.min(time, org.now + timeOut);
  }
}
