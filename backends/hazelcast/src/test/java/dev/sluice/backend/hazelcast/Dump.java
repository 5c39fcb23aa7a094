package dev.sluice.backend.hazelcast;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.StateDump;
import java.util.Map;

/** The state of an org in words, on any member. */
final class Dump implements EntryProcessor<String, OrgState, String>, ReadOnly {

  private static final long serialVersionUID = 1L;

  @Override
  public String process(Map.Entry<String, OrgState> entry) {
    return StateDump.of(entry.getValue());
  }

  @Override
  public EntryProcessor<String, OrgState, String> getBackupProcessor() {
    return null;
  }
}
