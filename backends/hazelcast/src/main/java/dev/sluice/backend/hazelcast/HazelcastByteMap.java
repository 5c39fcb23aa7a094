package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.map.IMap;
import dev.sluice.backend.engine.ByteMap;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.hazelcast.journal.Row;
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
 * A map of bytes in the member, with a journal table on a durable member.
 *
 * <p>Map and journal must take changes of a key in the same order, and a reader must not see a
 * value the journal lacks. So with a journal, which means a single member, conditional changes run
 * one at a time, journal first.
 */
final class HazelcastByteMap implements ByteMap {

  private final HazelcastMember node;
  private final IMap<String, byte[]> map;
  private final StoreTable table;
  private final @Nullable MemberJournal journal;
  private final ParallelCalls parallel;
  private final AtomicLong written = new AtomicLong();

  HazelcastByteMap(HazelcastMember node, StoreTable table) {
    this.node = node;
    this.table = table;
    this.map = node.member().getMap(MemberConfig.mapOf(table));
    this.journal = MemberJournal.of(node.member());
    this.parallel = ParallelCalls.of(node.member());
  }

  @Override
  public byte @Nullable [] get(String key) {
    return node.<byte @Nullable []>call(
        () -> {
          byte[] value = map.get(key);
          awaitSeen();
          return value;
        });
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    return node.call(
        () -> {
          Map<String, byte[]> found = map.getAll(keys);
          awaitSeen();
          return found;
        });
  }

  @Override
  public Map<String, byte[]> all() {
    return node.call(
        () -> {
          Map<String, byte[]> all = new HashMap<>();
          map.entrySet().forEach(each -> all.put(each.getKey(), each.getValue()));
          awaitSeen();
          return all;
        });
  }

  @Override
  public void put(String key, byte[] value) {
    node.run(
        () -> {
          synchronized (this) {
            store(key, value);
          }
          awaitSeen();
        });
  }

  @Override
  public void set(String key, byte[] value) {
    node.run(() -> store(key, value));
  }

  private void store(String key, byte[] value) {
    map.set(key, value);
    append(List.of(Row.put(table, bytes(key), value)));
  }

  /** Returns once values are on a second member of a cluster. */
  @Override
  public void setAll(Map<String, byte[]> values) {
    node.run(
        () -> {
          if (journal == null && !parallel.alone()) {
            parallel.each(
                List.copyOf(values.entrySet()), each -> map.set(each.getKey(), each.getValue()));
            return;
          }
          map.setAll(values);
          if (journal != null) {
            append(rows(values));
          }
        });
  }

  @Override
  public void delete(String key) {
    node.run(
        () -> {
          map.delete(key);
          append(List.of(Row.delete(table, bytes(key))));
        });
  }

  @Override
  public byte @Nullable [] remove(String key) {
    return node.<byte @Nullable []>call(
        () -> journal == null ? map.remove(key) : removeDurably(key));
  }

  private byte @Nullable [] removeDurably(String key) {
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

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    byte[] before = putIfAbsentUnsynced(key, value);
    awaitSeen();
    return before;
  }

  @Override
  public byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value) {
    return node.<byte @Nullable []>call(
        () -> {
          if (journal == null) {
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
        });
  }

  @Override
  public Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values) {
    return node.call(() -> journal == null ? putAllInCluster(values) : putAllInOrder(values));
  }

  private Map<String, byte[]> putAllInCluster(Map<String, byte[]> values) {
    Map<String, byte[]> before = new ConcurrentHashMap<>();
    parallel.each(
        List.copyOf(values.entrySet()),
        each -> {
          byte[] there = map.putIfAbsent(each.getKey(), each.getValue());
          if (there != null) {
            before.put(each.getKey(), there);
          }
        });
    return before;
  }

  private synchronized Map<String, byte[]> putAllInOrder(Map<String, byte[]> values) {
    Map<String, byte[]> before = map.getAll(values.keySet());
    Map<String, byte[]> absent = new HashMap<>(values);
    absent.keySet().removeAll(before.keySet());
    append(rows(absent));
    map.setAll(absent);
    return before;
  }

  @Override
  public boolean removeIf(String key, byte[] before) {
    return node.call(
        () -> {
          if (journal == null) {
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
        });
  }

  @Override
  public boolean replace(String key, byte[] before, byte[] after) {
    return node.call(
        () ->
            journal == null ? map.replace(key, before, after) : replaceDurably(key, before, after));
  }

  private boolean replaceDurably(String key, byte[] before, byte[] after) {
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

  @Override
  public int parts() {
    return Partitions.of(node.member()).count();
  }

  @Override
  public Set<String> keys(int part) {
    return node.call(() -> Partitions.of(node.member()).keys(map, part));
  }

  private List<Row> rows(Map<String, byte[]> values) {
    List<Row> rows = new ArrayList<>(values.size());
    values.forEach((key, value) -> rows.add(Row.put(table, bytes(key), value)));
    return rows;
  }

  private void append(List<Row> rows) {
    if (journal != null) {
      long position = journal.append(rows);
      written.accumulateAndGet(position, Math::max);
    }
  }

  /** Waits for the journal: a value read may be from a caller that still waits. */
  private void awaitSeen() {
    if (journal != null) {
      journal.await(written.get());
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(UTF_8);
  }
}
