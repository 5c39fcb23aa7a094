package dev.sluice.admin;

import dev.sluice.backend.Place;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopRun;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StopReports;

/** Receipts that tell no more than whether a session is held; the service's tell more. */
record TestStops(QueueBackend backend) implements StopReports {

  @Override
  public StopReport of(String org, String id) {
    StopRun run = backend.stopOrders().find(org, id).value();
    return new StopReport(
        run,
        run.targets().stream()
            .map(target -> receipt(backend.sessions().find(org, target.sessionId()).value()))
            .toList());
  }

  private static StopReceipt receipt(Session session) {
    Kind kind = session.place() == Place.CLAIMED ? Kind.SENT : Kind.ENDED;
    return new StopReceipt(session.id(), kind, session.owner(), session.endedAtMs());
  }
}
