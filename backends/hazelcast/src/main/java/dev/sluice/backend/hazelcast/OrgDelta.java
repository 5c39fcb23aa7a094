package dev.sluice.backend.hazelcast;

import com.hazelcast.map.EntryProcessor;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Delta;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.state.OrgState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@SuppressWarnings("serial") // travels by OrgSerialization
final class OrgDelta implements EntryProcessor<String, OrgState, OrgReply> {

  private static final long serialVersionUID = 1L;

  private final Delta delta;

  OrgDelta(Delta delta) {
    this.delta = delta;
  }

  Delta delta() {
    return delta;
  }

  @Override
  @SuppressWarnings("NullAway") // null for a new org
  public @Nullable OrgReply process(Map.Entry<String, OrgState> entry) {
    OrgState state = entry.getValue();
    OrgState target = state == null ? new OrgState() : state;
    for (Change change : delta.changes()) {
      target.apply(change);
    }
    entry.setValue(target);
    return null;
  }
}
