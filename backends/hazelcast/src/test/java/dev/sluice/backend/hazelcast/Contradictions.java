package dev.sluice.backend.hazelcast;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.StateDump;
import java.util.Map;

/** Finds index entries of an org that don't follow from its records, on any member. */
final class Contradictions implements EntryProcessor<String, OrgState, String>, ReadOnly {

  private static final long serialVersionUID = 1L;

  @Override
  public String process(Map.Entry<String, OrgState> entry) {
    return entry.getValue() == null ? "" : StateDump.contradictions(entry.getValue());
  }

  @Override
  public EntryProcessor<String, OrgState, String> getBackupProcessor() {
    return null;
  }
}
