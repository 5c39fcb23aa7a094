package dev.sluice.backend.tck.model;

import dev.sluice.backend.Event;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Session;
import dev.sluice.backend.WorkerRef;

/** docs/rules.md, "Transfer". */
final class Transfers {

  private Transfers() {}

  static Session transfer(OrgState org, ModelSession session, String oldWorkerId, WorkerRef ref) {
    ModelWorker worker = org.worker(ref.workerId(), ref.registeredBy());
    boolean mayActForOld =
        org.findWorker(oldWorkerId).map(old -> org.mayActFor(old, ref.registeredBy())).orElse(true);
    if (!mayActForOld) {
      throw Ownership.notOwner(org, session, oldWorkerId);
    }
    if (session.inStopGrace() || session.place == Place.ENDED || session.place == Place.DEAD) {
      throw org.refusal(
          Refusal.WRONG_STATE, "session " + session.id() + " is " + session.state.wire());
    }
    if (session.claimed() && session.ownedBy(worker.id())) {
      org.signOfLife(worker);
    } else if (session.claimed() && session.ownedBy(oldWorkerId)) {
      org.signOfLife(worker);
      Claiming.handOver(org, session, worker);
      org.note(session, Event.Kind.TRANSFERRED, worker.id(), oldWorkerId);
    } else if (Ownership.lostBy(org, session, oldWorkerId, 0)) {
      org.signOfLife(worker);
      Claiming.reattach(org, session, worker);
      org.note(session, Event.Kind.TRANSFERRED, worker.id(), oldWorkerId);
    } else {
      throw Ownership.notOwner(org, session, oldWorkerId);
    }
    return org.view(session);
  }
}
