package dev.sluice.service.metrics.calls;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.metrics.Outcomes;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import java.util.Map;

final class MeteredUpkeep implements Upkeep {

  private final Upkeep next;
  private final StoreTimes times;
  private final Outcomes outcomes;

  MeteredUpkeep(Upkeep next, StoreTimes times, Outcomes outcomes) {
    this.next = next;
    this.times = times;
    this.outcomes = outcomes;
  }

  @Override
  public List<String> orgs() {
    return times.call(StoreCall.UPKEEP_ORGS, () -> next.orgs());
  }

  @Override
  public SweepResult sweepStep(String org) {
    SweepResult answer = times.call(StoreCall.UPKEEP_SWEEP_STEP, () -> next.sweepStep(org));
    outcomes.swept(answer);
    return answer;
  }

  @Override
  public SweepResult sweep() {
    SweepResult answer = times.call(StoreCall.UPKEEP_SWEEP, () -> next.sweep());
    outcomes.swept(answer);
    return answer;
  }

  @Override
  public Map<String, Long> timesAhead() {
    return times.call(StoreCall.UPKEEP_TIMES_AHEAD, () -> next.timesAhead());
  }

  @Override
  public StoredTime setTime(String org, AuditNote note) {
    StoredTime answer = times.call(StoreCall.UPKEEP_SET_TIME, () -> next.setTime(org, note));
    AuditLog.wrote(
        org, note, AuditAct.setTime().found(String.valueOf(answer.wasMs() - answer.nowMs())));
    return answer;
  }

  @Override
  public StoreHealth health() {
    return times.call(StoreCall.UPKEEP_HEALTH, () -> next.health());
  }

  @Override
  public Rules.Bounds bounds() {
    return times.call(StoreCall.UPKEEP_BOUNDS, () -> next.bounds());
  }

  @Override
  public StoreNodes nodes() {
    return times.call(StoreCall.UPKEEP_NODES, () -> next.nodes());
  }
}
