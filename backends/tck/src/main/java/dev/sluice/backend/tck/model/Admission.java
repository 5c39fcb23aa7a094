package dev.sluice.backend.tck.model;

import dev.sluice.backend.Event;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SessionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lets work in: docs/rules.md, "Enqueue" and "Requeue". */
final class Admission {

  private Admission() {}

  /** Why one more item would not be let in, or null. */
  static @Nullable Refusal whyNot(OrgState org, String project, List<String> capabilities) {
    long most = org.rules.maxWaiting();
    if (most != 0 && org.counts().waiting() >= most) {
      return Refusal.QUEUE_FULL;
    }
    if (org.isOneTooMany(project)) {
      return Refusal.TOO_MANY_PROJECTS;
    }
    Set<List<String>> ofProject = new HashSet<>(Set.of(capabilities));
    Set<List<String>> ofOrg = new HashSet<>(ofProject);
    for (ModelSession session : org.sessions) {
      if (session.place != Place.ENDED) {
        ofOrg.add(session.work.requiredCapabilities());
        if (session.project().equals(project)) {
          ofProject.add(session.work.requiredCapabilities());
        }
      }
    }
    return ofProject.size() > org.rules.maxCapabilitySets()
            || ofOrg.size() > org.rules.bounds().maxOrgCapabilitySets()
        ? Refusal.TOO_MANY_CAPABILITY_SETS
        : null;
  }

  /** New work, or work that runs anew: not before its time, else a contender of its issue. */
  static void letIn(OrgState org, ModelSession session) {
    if (session.work.notBeforeMs() > org.now) {
      session.place = Place.LATER;
    } else {
      Issues.contend(org, session);
    }
  }

  /** Puts a session back by hand. */
  static void requeue(OrgState org, ModelSession session) {
    if (session.waits() || session.inStopGrace()) {
      throw org.wrongState(session);
    }
    if (session.claimed()) {
      ComingBack.comeBack(org, session, ComingBack.Way.BY_HAND);
      return;
    }
    Refusal refusal = whyNot(org, session.project(), session.work.requiredCapabilities());
    if (refusal != null) {
      throw org.refusal(refusal, session.id());
    }
    ComingBack.forgetDeadline(org, session);
    session.state = SessionState.PENDING;
    session.owner = null;
    session.dead = null;
    session.attempts = 0;
    session.nacks = 0;
    session.claimedAt = 0;
    session.lastSign = 0;
    session.startedAt = 0;
    session.endedAt = 0;
    session.cost = 0;
    session.fields = new TreeMap<>();
    session.tools = null;
    session.attempt = null;
    session.updatedAt = org.now;
    org.note(session, Event.Kind.REQUEUED, null, null);
    letIn(org, session);
  }
}
