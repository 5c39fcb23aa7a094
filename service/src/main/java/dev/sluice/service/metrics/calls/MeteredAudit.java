package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import org.jspecify.annotations.Nullable;

final class MeteredAudit implements Audit {

  private final Audit next;
  private final StoreTimes times;

  MeteredAudit(Audit next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public Page<AuditLine> list(String org, @Nullable Cursor cursor, int limit) {
    return times.call(StoreCall.AUDIT_LIST, () -> next.list(org, cursor, limit));
  }

  @Override
  public AuditLine add(String org, AuditNote note, String verb, String object, String detail) {
    AuditLine answer =
        times.call(StoreCall.AUDIT_ADD, () -> next.add(org, note, verb, object, detail));
    AuditLog.wrote(org, note, new AuditAct(verb, object, detail));
    return answer;
  }
}
