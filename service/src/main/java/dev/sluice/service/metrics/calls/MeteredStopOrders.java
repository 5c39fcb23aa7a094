package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;

final class MeteredStopOrders implements StopOrders {

  private final StopOrders next;
  private final StoreTimes times;

  MeteredStopOrders(StopOrders next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public StopOrder add(String org, NewStopOrder run, AuditNote note) {
    StopOrder answer = times.call(StoreCall.STOP_ORDERS_ADD, () -> next.add(org, run, note));
    AuditLog.wrote(org, note, AuditAct.stopMany(run));
    return answer;
  }

  @Override
  public StopOrder find(String org, String id) {
    return times.call(StoreCall.STOP_ORDERS_FIND, () -> next.find(org, id));
  }
}
