package dev.sluice.backend.hazelcast.state;

import dev.sluice.backend.AuditLine;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;

/** Who did what by hand: lines by their ids, which is also the order of their times. */
public final class AuditTrail {

  private final TreeMap<Long, AuditLine> lines = new TreeMap<>();

  /** How many lines there are. */
  public int size() {
    return lines.size();
  }

  /** All lines, the oldest first. */
  public Collection<AuditLine> oldestFirst() {
    return Collections.unmodifiableCollection(lines.values());
  }

  /** Those with a lower id, the latest first. */
  public Collection<AuditLine> before(long id) {
    return Collections.unmodifiableCollection(lines.headMap(id, false).descendingMap().values());
  }

  void add(AuditLine line) {
    lines.put(line.id(), line);
  }

  void remove(long id) {
    lines.remove(id);
  }
}
