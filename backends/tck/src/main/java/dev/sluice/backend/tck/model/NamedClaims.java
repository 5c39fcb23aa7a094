package dev.sluice.backend.tck.model;

import dev.sluice.backend.ClaimDenial;
import dev.sluice.backend.ClaimResult;
import dev.sluice.backend.Event;
import dev.sluice.backend.Place;
import org.jspecify.annotations.Nullable;

/** docs/rules.md, "Claim by name". */
final class NamedClaims {

  private NamedClaims() {}

  static ClaimResult claim(OrgState org, ModelSession session, ModelWorker worker) {
    org.signOfLife(worker);
    if (session.claimed() && session.ownedBy(worker.id()) && !session.inStopGrace()) {
      return new ClaimResult(org.view(session), null);
    }
    ClaimDenial denial = denial(org, session, worker);
    if (denial == null) {
      Claiming.claim(org, session, worker);
      org.note(session, Event.Kind.CLAIMED, worker.id(), null);
    }
    return new ClaimResult(org.view(session), denial);
  }

  private static @Nullable ClaimDenial denial(
      OrgState org, ModelSession session, ModelWorker worker) {
    if (session.inStopGrace() || session.place == Place.DEAD || session.place == Place.ENDED) {
      return ClaimDenial.ENDED;
    }
    if (session.claimed()) {
      return ClaimDenial.CLAIMED;
    }
    if (session.place == Place.LATER) {
      return ClaimDenial.LATER;
    }
    if (session.place == Place.PARKED) {
      return ClaimDenial.PARKED;
    }
    if (session.keptFrom(worker.id())) {
      return ClaimDenial.NACKED;
    }
    if (!worker.takesProject(session.project())) {
      return ClaimDenial.PROJECT;
    }
    if (!worker.can(session.work.requiredCapabilities())) {
      return ClaimDenial.CAPABILITY;
    }
    if (!org.queue(session.project()).open()) {
      return ClaimDenial.CLOSED;
    }
    if (!Eligibility.available(org, worker)) {
      return ClaimDenial.UNAVAILABLE;
    }
    return Eligibility.freeSlots(org, worker) > 0 ? null : ClaimDenial.FULL;
  }
}
