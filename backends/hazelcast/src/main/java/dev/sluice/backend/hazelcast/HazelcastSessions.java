package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.StatusResult;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import dev.sluice.backend.hazelcast.operation.FindSession;
import dev.sluice.backend.hazelcast.operation.Nack;
import dev.sluice.backend.hazelcast.operation.Report;
import dev.sluice.backend.hazelcast.operation.SessionView;
import dev.sluice.backend.hazelcast.operation.Stop;

/** Status reports, nacks, stops. */
final class HazelcastSessions implements Sessions {

  private final OrgMap orgs;
  private final Items items;
  private final Blobs texts;

  HazelcastSessions(OrgMap orgs, Items items, Blobs texts) {
    this.orgs = orgs;
    this.items = items;
    this.texts = texts;
  }

  @Override
  public Decided<Session> find(String org, String sessionId) {
    Decided<SessionView> found = orgs.call(org, new FindSession(sessionId));
    return new Decided<>(found.seq(), items.show(org, found.value()));
  }

  @Override
  public Decided<StatusResult> report(
      String org, String sessionId, Holder holder, StatusReport report) {
    if (!report.target().reportable()) {
      throw new IllegalArgumentException(report.target() + " is no worker's to report");
    }
    Decided<Report.Answer> answer = orgs.call(org, new Report(sessionId, holder, report));
    return new Decided<>(
        answer.seq(),
        new StatusResult(
            answer.value().transition(),
            items.show(org, answer.value().session()),
            answer.value().reattached()));
  }

  @Override
  public Decided<Boolean> nack(String org, String sessionId, Holder holder) {
    return orgs.call(org, new Nack(sessionId, holder));
  }

  @Override
  public Decided<StopResult> stop(String org, String sessionId, StopOrder order) {
    long now = orgs.now();
    long text = texts.store(org, sessionId, order.payload(), now);
    Decided<Stop.Answer> answer;
    try {
      answer = orgs.call(org, new Stop(sessionId, order.userId(), order.userName(), text, now));
    } catch (RefusedException e) {
      texts.delete(new Blobs.Ref(org, sessionId, text));
      throw e;
    }
    return new Decided<>(
        answer.seq(),
        new StopResult(items.show(org, answer.value().session()), answer.value().messageId()));
  }
}
