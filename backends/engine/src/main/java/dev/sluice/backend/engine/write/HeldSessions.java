package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Holdings;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult.Verdict;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the report of a heartbeat with the claims of its worker: docs/rules.md, "Lost answers",
 * "Holdings".
 */
final class HeldSessions {

  private static final String UNLISTED = "2 heartbeats did not list it";

  private final WriteStep step;
  private final WorkerEntry worker;
  private final String workerId;

  HeldSessions(WriteStep step, WorkerEntry worker) {
    this.step = step;
    this.worker = worker;
    workerId = worker.record().id();
  }

  /** Takes back claims of answers that the worker never read. */
  void count(int sessions) {
    List<String> active = step.state().workerClaims(workerId).active();
    int all = active.size();
    int accepted = 0;
    List<SessionRecord> awaiting = new ArrayList<>(0);
    if (sessions < all) {
      for (String id : active) {
        SessionRecord session = step.indexed(id);
        if (session != null && session.awaitsAccept()) {
          awaiting.add(session);
        } else if (session != null) {
          accepted++;
        }
      }
    }
    boolean isShort = !awaiting.isEmpty() && sessions <= accepted;
    Holdings before = worker.record().holdings();
    int left = awaiting.size();
    if (isShort && before.shortMs() != 0 && before.shortAccepted() == accepted) {
      String detail = "2 heartbeats counted " + sessions + " of " + all + " sessions";
      for (SessionRecord session : awaiting) {
        left -= takeBack(session, before.shortMs(), detail) ? 1 : 0;
      }
    }
    boolean stillShort = isShort && left > 0;
    store(before.shortAt(stillShort ? step.now() : 0, stillShort ? accepted : 0));
  }

  List<Verdict> settle(List<String> held) {
    List<Verdict> verdicts = new ArrayList<>(held.size());
    List<String> unknown = new ArrayList<>(0);
    for (String id : held) {
      Verdict verdict = settle(id);
      verdicts.add(verdict);
      if (verdict == Verdict.REAP
          && unknown.size() < Worker.MAX_UNKNOWN
          && !step.state().workerClaims(workerId).holds(id)) {
        unknown.add(id);
      }
    }
    compare(new HashSet<>(held), unknown);
    return verdicts;
  }

  private Verdict settle(String id) {
    if (!(step.state().session(id) instanceof SessionRecord session)) {
      boolean own = step.state().workerClaims(workerId).holds(id);
      return own ? Verdict.KEEP : Verdict.REAP; // its record is damaged
    }
    return session.claimed() ? claimed(session) : waiting(session);
  }

  private Verdict claimed(SessionRecord session) {
    String owner = session.owner();
    if (session.inGrace() || owner == null) {
      return Verdict.REAP;
    } else if (owner.equals(workerId)) {
      if (session.awaitsAccept()) {
        Ownership.accepted(step, worker, session.claim().claimedAtMs());
        step.store(session.accept());
      }
      return Verdict.KEEP;
    } else if (Ownership.hasReplaced(step, worker, owner)) {
      Ownership.takeOver(step, worker, session);
      return Verdict.ADOPT;
    }
    return Verdict.REAP;
  }

  private Verdict waiting(SessionRecord session) {
    String lostBy = session.returnInfo().lostBy();
    if (lostBy == null || !Ownership.lost(step, session, lostBy)) {
      return Verdict.REAP;
    } else if (lostBy.equals(workerId)) {
      Ownership.accepted(step, worker, step.now());
      Ownership.reattach(step, session, workerId);
      return Verdict.ADOPT;
    } else if (Ownership.hasReplaced(step, worker, lostBy)) {
      Ownership.takeOver(step, worker, session);
      return Verdict.ADOPT;
    }
    return Verdict.REAP;
  }

  private void compare(Set<String> held, List<String> unknown) {
    Holdings before = worker.record().holdings();
    List<String> unlisted = new ArrayList<>(0);
    List<String> notHeld = new ArrayList<>(0);
    for (String id : step.state().workerClaims(workerId).active()) {
      if (!held.contains(id)) {
        boolean again = before.unlisted().contains(id);
        if (again && takeBack(step.indexed(id), before.shortMs(), UNLISTED)) {
          continue;
        }
        if (unlisted.size() < Heartbeat.MAX_HELD) {
          unlisted.add(id);
          if (again) {
            notHeld.add(id);
          }
        }
      }
    }
    boolean stillShort = !unlisted.isEmpty();
    store(
        before
            .listed(unlisted, notHeld, unknown)
            .shortAt(stillShort ? step.now() : 0, stillShort ? Holdings.LISTED : 0));
  }

  private void store(Holdings holdings) {
    WorkerRecord record = worker.record();
    if (!holdings.equals(record.holdings())) {
      step.apply(new Change.PutWorker(record.withHoldings(holdings)));
    }
  }

  private boolean takeBack(@Nullable SessionRecord session, long sinceMs, String detail) {
    if (session == null || !session.awaitsAccept() || session.claim().claimedAtMs() >= sinceMs) {
      return false;
    }
    Endings.missAccept(step, session, detail);
    return true;
  }
}
