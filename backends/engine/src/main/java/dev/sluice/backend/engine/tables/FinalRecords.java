package dev.sluice.backend.engine.tables;

import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.wire.UnreadableBytesException;
import dev.sluice.backend.engine.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each version of a record has a new key, so a stored value never changes and may be stored again.
 */
public final class FinalRecords {

  private final ByteMap map;
  private final WireFormat wire;

  public FinalRecords(ByteMap map, WireFormat wire) {
    this.map = map;
    this.wire = wire;
  }

  public void store(String org, Map<OrgReply.Needed, FinalRecord> records, long nowMs) {
    Map<String, byte[]> bytes = new HashMap<>(2 * records.size());
    records.forEach((name, record) -> bytes.put(key(org, name), toBytes(record, nowMs)));
    map.setAll(bytes);
  }

  public Map<OrgReply.Needed, FinalRecord> fetch(String org, List<OrgReply.Needed> names) {
    Map<String, OrgReply.Needed> keys = new HashMap<>(2 * names.size());
    names.forEach(name -> keys.put(key(org, name), name));
    Map<String, byte[]> found = map.getAll(new HashSet<>(keys.keySet()));
    Map<OrgReply.Needed, FinalRecord> records = new HashMap<>(2 * names.size());
    keys.forEach(
        (key, name) -> {
          byte[] bytes = found.get(key);
          FinalRecord record = bytes == null ? null : read(bytes, name.sessionId());
          if (record != null) {
            records.put(name, record);
          }
        });
    return records;
  }

  public void delete(String org, OrgReply.Needed name) {
    map.delete(key(org, name));
  }

  private static String key(String org, OrgReply.Needed name) {
    return new Blobs.Ref(org, name.sessionId(), name.name()).key();
  }

  private byte[] toBytes(FinalRecord record, long nowMs) {
    byte[] encoded = wire.toBytes(record);
    return ByteBuffer.allocate(Long.BYTES + encoded.length).putLong(nowMs).put(encoded).array();
  }

  private @Nullable FinalRecord read(byte[] bytes, String sessionId) {
    try {
      return wire.fromBytes(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length))
                  instanceof FinalRecord record
              && record.session().id().equals(sessionId)
          ? record
          : null;
    } catch (UnreadableBytesException | IllegalArgumentException e) {
      return null; // refused as damaged
    }
  }
}
