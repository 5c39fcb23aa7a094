package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class MeteredTransfers implements Transfers {

  private final Transfers next;
  private final StoreTimes times;

  MeteredTransfers(Transfers next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public Closure close(String org, NewClosure closure, @Nullable AuditNote note) {
    Closure answer = times.call(StoreCall.TRANSFERS_CLOSE, () -> next.close(org, closure, note));
    AuditLog.wrote(org, note, AuditAct.close(answer));
    return answer;
  }

  @Override
  public boolean open(String org, String closureId, @Nullable AuditNote note) {
    boolean answer = times.call(StoreCall.TRANSFERS_OPEN, () -> next.open(org, closureId, note));
    AuditLog.wrote(org, note, AuditAct.open(closureId));
    return answer;
  }

  @Override
  public Optional<Closure> closure(String org) {
    return times.call(StoreCall.TRANSFERS_CLOSURE, () -> next.closure(org));
  }

  @Override
  public OrgPage read(String org, @Nullable String cursor) {
    return times.call(StoreCall.TRANSFERS_READ, () -> next.read(org, cursor));
  }

  @Override
  public void write(String org, String closureId, List<OrgRecord> records) {
    times.run(StoreCall.TRANSFERS_WRITE, () -> next.write(org, closureId, records));
  }

  @Override
  public boolean discardStep(String org, String closureId) {
    return times.call(StoreCall.TRANSFERS_DISCARD_STEP, () -> next.discardStep(org, closureId));
  }
}
