package dev.sluice.backend.tck.model;

import dev.sluice.backend.Attempt;
import dev.sluice.backend.Place;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.ToolUse;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a session comes to a worker: docs/rules.md, "Poll" 5 and its variations. */
final class Claiming {

  private Claiming() {}

  /** A new claim, not accepted yet. */
  static void claim(OrgState org, ModelSession session, ModelWorker worker) {
    session.place = Place.CLAIMED;
    session.state = SessionState.CLAIMED;
    session.owner = worker.id();
    session.token = nextToken(org);
    session.acceptBy = org.now + org.rules.acceptMs(worker.dialect);
    session.claimedAt = org.now;
    session.updatedAt = org.now;
    session.lastSign = org.now;
    session.startedAt = 0;
    session.fields = new TreeMap<>();
    session.cost = 0;
    session.tools = null;
    session.attempt = null;
    session.lostBy = null;
    session.nackedBy = null;
    session.returnUntil = 0;
    session.stopTold = false;
    Issues.settle(org, session.issue());
  }

  /** A claim lost by time goes on under a new token: as a claim, but its worker knows of it. */
  static void reattach(OrgState org, ModelSession session, ModelWorker worker) {
    SortedMap<String, String> fields = session.fields;
    long cost = session.cost;
    long startedAt = session.startedAt;
    ToolUse tools = session.tools;
    Attempt attempt = session.attempt;
    claim(org, session, worker);
    session.fields = fields;
    session.cost = cost;
    session.startedAt = startedAt;
    session.tools = tools;
    session.attempt = attempt;
    accept(session, worker);
  }

  /** A claim goes over to another worker; what was reported of it stays. */
  static void handOver(OrgState org, ModelSession session, ModelWorker worker) {
    session.owner = worker.id();
    session.token = nextToken(org);
    session.claimedAt = org.now;
    session.updatedAt = org.now;
    session.lastSign = org.now;
    accept(session, worker);
  }

  static void accept(ModelSession session, ModelWorker owner) {
    session.acceptBy = 0;
    owner.noShows = 0;
    owner.quarantines = 0;
    owner.judgedUntil = Math.max(owner.judgedUntil, session.claimedAt);
  }

  private static long nextToken(OrgState org) {
    org.lastToken = Math.max(org.lastToken + 1, org.now * 1024);
    return org.lastToken;
  }
}
