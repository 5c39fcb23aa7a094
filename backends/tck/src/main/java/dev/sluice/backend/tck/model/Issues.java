package dev.sluice.backend.tck.model;

import dev.sluice.backend.Place;
import java.util.Optional;

/** Who of an issue is in its bucket: docs/rules.md, "Issues". */
final class Issues {

  private Issues() {}

  /** The session of the issue that a worker holds. */
  static Optional<ModelSession> claimed(OrgState org, String issue) {
    return org.sessions.stream()
        .filter(session -> session.issue().equals(issue) && session.claimed())
        .findFirst();
  }

  /** The contender that goes first. */
  static Optional<ModelSession> best(OrgState org, String issue) {
    return org.sessions.stream()
        .filter(session -> session.issue().equals(issue) && session.contends())
        .min(ModelSession.ORDER);
  }

  /** A session that comes or comes back contends from now on. */
  static void contend(OrgState org, ModelSession session) {
    session.place = Place.PARKED;
    settle(org, session.issue());
  }

  /** Puts each contender where it belongs; one that can't be read stays where it is. */
  static void settle(OrgState org, String issue) {
    boolean free = claimed(org, issue).isEmpty();
    Optional<ModelSession> best = best(org, issue);
    for (ModelSession session : org.sessions) {
      if (session.issue().equals(issue) && session.contends() && !session.damaged) {
        boolean goes = free && best.filter(first -> first == session).isPresent();
        session.place = goes ? inBucket(session) : Place.PARKED;
      }
    }
  }

  private static Place inBucket(ModelSession session) {
    return session.returnUntil != 0 ? Place.RETURNED : Place.READY;
  }
}
