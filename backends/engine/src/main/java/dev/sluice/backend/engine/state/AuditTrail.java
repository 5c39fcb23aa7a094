package dev.sluice.backend.engine.state;

import dev.sluice.backend.Names;
import dev.sluice.backend.audit.AuditLine;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Audit lines by id, their order in time. */
public final class AuditTrail {

  private final TreeMap<Long, AuditLine> lines = new TreeMap<>();
  private final Map<String, TreeSet<Long>> byActor = new HashMap<>();

  public int size() {
    return lines.size();
  }

  public Collection<AuditLine> oldestFirst() {
    return Collections.unmodifiableCollection(lines.values());
  }

  public @Nullable AuditLine oldest() {
    return lines.isEmpty() ? null : lines.firstEntry().getValue();
  }

  public @Nullable AuditLine latest() {
    return lines.isEmpty() ? null : lines.lastEntry().getValue();
  }

  /** The oldest line of the actor with the most; there must be a line. */
  public long oldestOfBusiest() {
    return byActor.entrySet().stream()
        .max(
            Comparator.comparingInt(
                    (Map.Entry<String, TreeSet<Long>> actor) -> actor.getValue().size())
                .thenComparing(Map.Entry::getKey, Names::compareBytes))
        .orElseThrow()
        .getValue()
        .first();
  }

  public @Nullable AuditLine find(long id) {
    return lines.get(id);
  }

  public Collection<AuditLine> after(long id) {
    return Collections.unmodifiableCollection(lines.tailMap(id, false).values());
  }

  public Collection<AuditLine> before(long id) {
    return Collections.unmodifiableCollection(lines.headMap(id, false).descendingMap().values());
  }

  void add(AuditLine line) {
    lines.put(line.id(), line);
    byActor.computeIfAbsent(line.actor(), actor -> new TreeSet<>()).add(line.id());
  }

  void remove(long id) {
    AuditLine line = lines.remove(id);
    TreeSet<Long> others = line == null ? null : byActor.get(line.actor());
    if (line != null && others != null) {
      others.remove(id);
      if (others.isEmpty()) {
        byActor.remove(line.actor());
      }
    }
  }
}
