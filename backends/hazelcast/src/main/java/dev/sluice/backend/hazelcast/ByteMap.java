package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.hazelcast.journal.Row;
import dev.sluice.backend.hazelcast.journal.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A map of bytes, and on a durable member its table in the journal.
 *
 * <p>Where several callers change one key, map and journal must take their changes in the same
 * order, and nobody may read what the journal hasn't got; so changes that depend on what is there
 * are made by one caller at a time, in the journal first. That is only where there is a journal,
 * hence one member; in a cluster the map itself decides.
 */
final class ByteMap {

  private final IMap<String, byte[]> map;
  private final Table table;
  private final @Nullable Disk disk;
  private final Spread spread;
  private final AtomicLong written = new AtomicLong();

  ByteMap(IMap<String, byte[]> map, Table table, @Nullable Disk disk, Spread spread) {
    this.map = map;
    this.table = table;
    this.disk = disk;
    this.spread = spread;
  }

  /** The member's map of that name. */
  static ByteMap of(HazelcastInstance member, Table table) {
    return new ByteMap(
        member.getMap(MemberConfig.mapOf(table)), table, Disk.of(member), Spread.of(member));
  }

  byte @Nullable [] get(String key) {
    byte[] value = map.get(key);
    awaitSeen();
    return value;
  }

  Map<String, byte[]> getAll(Set<String> keys) {
    Map<String, byte[]> found = map.getAll(keys);
    awaitSeen();
    return found;
  }

  /** All of a small map. */
  Map<String, byte[]> all() {
    Map<String, byte[]> all = new HashMap<>();
    map.entrySet().forEach(each -> all.put(each.getKey(), each.getValue()));
    awaitSeen();
    return all;
  }

  /** Stores a value in place of any, and returns once it is durable. */
  void put(String key, byte[] value) {
    synchronized (this) {
      set(key, value);
    }
    awaitSeen();
  }

  /** Stores under a key that nobody else writes at the same time. Doesn't wait for the journal. */
  void set(String key, byte[] value) {
    map.set(key, value);
    append(List.of(Row.put(table, bytes(key), value)));
  }

  /** The same for several keys; in a cluster each is on a second member before this returns. */
  void setAll(Map<String, byte[]> values) {
    if (disk == null && !spread.alone()) {
      spread.each(List.copyOf(values.entrySet()), each -> map.set(each.getKey(), each.getValue()));
      return;
    }
    map.setAll(values);
    if (disk != null) {
      List<Row> rows = new ArrayList<>(values.size());
      values.forEach((key, value) -> rows.add(Row.put(table, bytes(key), value)));
      append(rows);
    }
  }

  /** Deletes what nobody else writes at the same time. Doesn't wait for the journal. */
  void delete(String key) {
    map.delete(key);
    append(List.of(Row.delete(table, bytes(key))));
  }

  /** Deletes a value and returns it, once that is durable. */
  byte @Nullable [] remove(String key) {
    if (disk == null) {
      return map.remove(key);
    }
    byte[] before;
    synchronized (this) {
      before = map.get(key);
      if (before != null) {
        append(List.of(Row.delete(table, bytes(key))));
        map.delete(key);
      }
    }
    awaitSeen();
    return before;
  }

  /** Stores a value where there is none, and returns once it is durable. */
  byte @Nullable [] putIfAbsent(String key, byte[] value) {
    byte[] before = putIfAbsentUnsynced(key, value);
    awaitSeen();
    return before;
  }

  /** The same for a caller that waits for the journal later, for all that it wrote until then. */
  byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value) {
    if (disk == null) {
      return map.putIfAbsent(key, value);
    }
    synchronized (this) {
      byte[] before = map.get(key);
      if (before == null) {
        append(List.of(Row.put(table, bytes(key), value)));
        map.set(key, value);
      }
      return before;
    }
  }

  /**
   * Stores each of these values where there is none, and answers what was there for the others.
   * Each is one step by itself. Doesn't wait for the journal.
   */
  Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values) {
    if (disk == null) {
      Map<String, byte[]> before = new ConcurrentHashMap<>();
      spread.each(
          List.copyOf(values.entrySet()),
          each -> {
            byte[] there = map.putIfAbsent(each.getKey(), each.getValue());
            if (there != null) {
              before.put(each.getKey(), there);
            }
          });
      return before;
    }
    synchronized (this) {
      Map<String, byte[]> before = map.getAll(values.keySet());
      Map<String, byte[]> absent = new HashMap<>(values);
      absent.keySet().removeAll(before.keySet());
      List<Row> rows = new ArrayList<>(absent.size());
      absent.forEach((key, value) -> rows.add(Row.put(table, bytes(key), value)));
      append(rows);
      map.setAll(absent);
      return before;
    }
  }

  /** Deletes a value, unless it has changed. Doesn't wait for the journal. */
  boolean removeIf(String key, byte[] before) {
    if (disk == null) {
      return map.remove(key, before);
    }
    synchronized (this) {
      boolean unchanged = Arrays.equals(map.get(key), before);
      if (unchanged) {
        append(List.of(Row.delete(table, bytes(key))));
        map.delete(key);
      }
      return unchanged;
    }
  }

  /** Replaces a value by another one, unless it has changed; returns once it is durable. */
  boolean replace(String key, byte[] before, byte[] after) {
    if (disk == null) {
      return map.replace(key, before, after);
    }
    boolean unchanged;
    synchronized (this) {
      unchanged = Arrays.equals(map.get(key), before);
      if (unchanged) {
        append(List.of(Row.put(table, bytes(key), after)));
        map.set(key, after);
      }
    }
    awaitSeen();
    return unchanged;
  }

  private void append(List<Row> rows) {
    if (disk != null) {
      long position = disk.append(rows);
      written.accumulateAndGet(position, Math::max);
    }
  }

  /** What was read or found may have been written by another caller who still waits. */
  private void awaitSeen() {
    if (disk != null) {
      disk.await(written.get());
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(UTF_8);
  }
}
