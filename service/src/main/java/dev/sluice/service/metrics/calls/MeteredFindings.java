package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;

final class MeteredFindings implements Findings {

  private final Findings next;
  private final StoreTimes times;

  MeteredFindings(Findings next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public List<Finding> list(String org) {
    return times.call(StoreCall.FINDINGS_LIST, () -> next.list(org));
  }

  @Override
  public boolean observe(String org, List<SeenFinding> seen, long seenMs, boolean tell) {
    return times.call(StoreCall.FINDINGS_OBSERVE, () -> next.observe(org, seen, seenMs, tell));
  }

  @Override
  public Finding acknowledge(String org, String key, AuditNote note) {
    Finding answer =
        times.call(StoreCall.FINDINGS_ACKNOWLEDGE, () -> next.acknowledge(org, key, note));
    AuditLog.wrote(org, note, AuditAct.acknowledge(key));
    return answer;
  }

  @Override
  public Finding mute(String org, String key, long untilMs, AuditNote note) {
    Finding answer = times.call(StoreCall.FINDINGS_MUTE, () -> next.mute(org, key, untilMs, note));
    AuditLog.wrote(org, note, AuditAct.mute(key, untilMs));
    return answer;
  }

  @Override
  public List<FindingNotice> takeNotices(String org, List<String> delivered, int limit) {
    return times.call(
        StoreCall.FINDINGS_TAKE_NOTICES, () -> next.takeNotices(org, delivered, limit));
  }
}
