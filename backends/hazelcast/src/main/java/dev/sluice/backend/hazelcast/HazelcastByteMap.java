package dev.sluice.backend.hazelcast;

import com.hazelcast.map.IMap;
import dev.sluice.backend.engine.ByteMap;
import dev.sluice.backend.engine.StoreTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

final class HazelcastByteMap implements ByteMap {

  private final HazelcastMember node;
  private final IMap<String, byte[]> map;
  private final ParallelCalls parallel;

  HazelcastByteMap(HazelcastMember node, StoreTable table) {
    this.node = node;
    this.map = node.member().getMap(MemberConfig.mapOf(table));
    this.parallel = ParallelCalls.of(node.member());
  }

  @Override
  public byte @Nullable [] get(String key) {
    return node.<byte @Nullable []>call(() -> map.get(key));
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    return node.call(() -> map.getAll(keys));
  }

  @Override
  public Map<String, byte[]> all() {
    return node.call(
        () -> {
          Map<String, byte[]> all = new HashMap<>();
          map.entrySet().forEach(each -> all.put(each.getKey(), each.getValue()));
          return all;
        });
  }

  @Override
  public void put(String key, byte[] value) {
    node.run(() -> map.set(key, value));
  }

  /** Returns once values are on a second member of a cluster. */
  @Override
  public void setAll(Map<String, byte[]> values) {
    node.run(
        () -> {
          if (parallel.alone()) {
            map.setAll(values);
          } else {
            parallel.each(
                List.copyOf(values.entrySet()), each -> map.set(each.getKey(), each.getValue()));
          }
        });
  }

  @Override
  public void delete(String key) {
    node.run(() -> map.delete(key));
  }

  @Override
  public byte @Nullable [] remove(String key) {
    return node.<byte @Nullable []>call(() -> map.remove(key));
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    return node.<byte @Nullable []>call(() -> map.putIfAbsent(key, value));
  }

  @Override
  public Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values) {
    return node.call(
        () -> {
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
        });
  }

  @Override
  public boolean removeIf(String key, byte[] before) {
    return node.call(() -> map.remove(key, before));
  }

  @Override
  public boolean replace(String key, byte[] before, byte[] after) {
    return node.call(() -> map.replace(key, before, after));
  }

  @Override
  public int parts() {
    return Partitions.of(node.member()).count();
  }

  @Override
  public Set<String> keys(int part) {
    return node.call(() -> Partitions.of(node.member()).keys(map, part));
  }
}
