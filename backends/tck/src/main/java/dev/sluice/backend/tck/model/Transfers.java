package dev.sluice.backend.tck.model;

import dev.sluice.backend.Event;
import dev.sluice.backend.Place;
import dev.sluice.backend.Session;
import dev.sluice.backend.WorkerRef;
import java.util.Optional;

/** docs/rules.md, "Transfer". */
final class Transfers {

  private Transfers() {}

  static Session transfer(
      OrgState org, ModelSession session, String oldWorkerId, WorkerRef ref, boolean speaksForOld) {
    ModelWorker worker = org.worker(ref.workerId(), ref.registeredBy());
    Optional<ModelWorker> old = org.findWorker(oldWorkerId);
    boolean mayActForOld = old.map(each -> org.mayActFor(each, ref.registeredBy())).orElse(true);
    boolean mayLose = old.map(each -> speaksForOld || each.retired || each.silent).orElse(true);
    if (!mayActForOld) {
      throw Ownership.notOwner(org, session);
    }
    if (session.inStopGrace() || session.place == Place.ENDED || session.place == Place.DEAD) {
      throw org.wrongState(session);
    }
    if (session.claimed() && session.ownedBy(worker.id())) {
      org.signOfLife(worker);
    } else if (mayLose && session.claimed() && session.ownedBy(oldWorkerId)) {
      org.signOfLife(worker);
      Claiming.handOver(org, session, worker);
      org.note(session, Event.Kind.TRANSFERRED, worker.id(), oldWorkerId);
    } else if (mayLose && Ownership.lostBy(org, session, oldWorkerId, 0)) {
      org.signOfLife(worker);
      Claiming.reattach(org, session, worker);
      org.note(session, Event.Kind.TRANSFERRED, worker.id(), oldWorkerId);
    } else {
      throw Ownership.notOwner(org, session);
    }
    return org.view(session);
  }
}
