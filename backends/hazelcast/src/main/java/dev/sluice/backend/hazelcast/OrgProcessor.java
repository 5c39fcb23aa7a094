package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.records.Delta;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.write.RepeatedCalls;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.hazelcast.epoch.Gate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs an operation on the state of an org, in place. The backup gets the changes and decides
 * nothing, so both stay equal.
 *
 * <p>Hazelcast serializes a processor's result even for a local caller. Such a caller still holds
 * this object and takes the reply from it.
 */
@SuppressWarnings("serial") // travels by OrgSerialization
class OrgProcessor implements EntryProcessor<String, OrgState, OrgReply>, HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  /** Longer than a member that doesn't answer stays in an epoch. */
  private static final long SETTLED_MS = 30_000;

  private final OrgCall call;
  private final boolean callerHoldsThis;
  private @Nullable HazelcastInstance member;
  private @Nullable OrgReply reply;
  private @Nullable OrgDelta delta;

  OrgProcessor(OrgCall call) {
    this(call, true);
  }

  /**
   * @param callerHoldsThis true to leave the reply here
   */
  OrgProcessor(OrgCall call, boolean callerHoldsThis) {
    this.call = call;
    this.callerHoldsThis = callerHoldsThis;
  }

  OrgCall call() {
    return call;
  }

  @Nullable OrgReply reply() {
    return reply;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
    member = hazelcastInstance;
  }

  @Override
  @SuppressWarnings("NullAway") // null for a new org
  public OrgReply process(Map.Entry<String, OrgState> entry) {
    Gate gate = member == null ? Gate.OPEN : HazelcastMember.gate(member);
    long epoch = gate.number();
    if (epoch == Gate.CLOSED) {
      throw new SplitBrainProtectionException(String.valueOf(gate.problem()));
    }
    OrgState state = entry.getValue();
    OrgState target = state == null ? new OrgState() : state;
    WriteStep step = step(entry.getKey(), target);
    OrgReply answer = RepeatedCalls.run(step, call.operation(), call.id());
    if (step.changes().isEmpty()) {
      delta = state == null || settled(state) ? null : new OrgDelta(new Delta(List.of()));
    } else {
      delta = new OrgDelta(new Delta(step.changes()));
      entry.setValue(target);
      if (member != null) {
        HazelcastMember.budget(member).note(entry.getKey(), target.bytesInMemory());
      }
    }
    if (!gate.still(epoch)) {
      return null; // without a reply; the copies get the changes all the same, so all stay equal
    }
    if (callerHoldsThis) {
      reply = answer;
      return null;
    }
    return answer;
  }

  /**
   * False if a copy may still lack the latest change of the org, since a link swallowed it: then a
   * call that changes nothing waits for the copies too. Its answer, such as that to the repeat of
   * an enqueue, says that the change is there, and must not before all have it.
   */
  private boolean settled(OrgState state) {
    return clock() - state.counters().nowMs() >= SETTLED_MS;
  }

  @Override
  public @Nullable OrgDelta getBackupProcessor() {
    return delta;
  }

  private WriteStep step(String org, OrgState state) {
    Rules rules = call.rules();
    Rules.Bounds bounds =
        member == null
            ? rules.bounds()
            : HazelcastMember.budget(member).bounds(org, rules.bounds());
    return new WriteStep(state, rules, clock(), call.loaded(), bounds);
  }

  private long clock() {
    return call.clockMs() != OrgCall.STORE_TIME || member == null
        ? call.clockMs()
        : member.getCluster().getClusterTime();
  }
}
