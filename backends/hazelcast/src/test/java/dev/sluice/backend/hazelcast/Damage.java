package dev.sluice.backend.hazelcast;

import com.hazelcast.map.EntryProcessor;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.state.OrgState;
import java.util.Map;

/** Makes a stored session unreadable; the indexes still name it. */
final class Damage implements EntryProcessor<String, OrgState, OrgReply> {

  private static final long serialVersionUID = 1L;

  private final String sessionId;

  Damage(String sessionId) {
    this.sessionId = sessionId;
  }

  @Override
  public OrgReply process(Map.Entry<String, OrgState> entry) {
    entry.getValue().keepUnreadable(new UnreadableSession(sessionId, new byte[] {1, 2, 3}));
    return null;
  }

  @Override
  public EntryProcessor<String, OrgState, OrgReply> getBackupProcessor() {
    return null;
  }
}
