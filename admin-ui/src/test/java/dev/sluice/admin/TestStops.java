package dev.sluice.admin;

import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.StopReceipt;
import dev.sluice.control.StopReceipt.Kind;
import dev.sluice.control.StopReport;
import dev.sluice.control.StopReports;
import dev.sluice.control.UnconfirmedStop;
import java.util.List;

record TestStops(QueueBackend backend) implements StopReports {

  @Override
  public StopReport of(String org, String id) {
    StopOrder run = backend.stopOrders().find(org, id);
    return new StopReport(
        run,
        run.targets().stream()
            .map(target -> receipt(org, backend.sessions().find(org, target.sessionId())))
            .toList());
  }

  @Override
  public List<String> stillReporting(String org) {
    return backend.sessions().list(org, Place.ENDED, null, Page.MAX).items().stream()
        .filter(session -> receipt(org, session).heardMs() != 0)
        .map(Session::id)
        .toList();
  }

  private StopReceipt receipt(String org, Session session) {
    UnconfirmedStop stop =
        UnconfirmedStop.of(session, backend.sessions().timeline(org, session.id()));
    if (stop != null) {
      return new StopReceipt(
          session.id(),
          Kind.SILENT,
          session.owner(),
          stop.atMs(),
          "host-" + session.owner(),
          stop.heardMs());
    }
    Kind kind = session.place() == Place.CLAIMED ? Kind.SENT : Kind.ENDED;
    return new StopReceipt(session.id(), kind, session.owner(), session.endedAtMs());
  }
}
