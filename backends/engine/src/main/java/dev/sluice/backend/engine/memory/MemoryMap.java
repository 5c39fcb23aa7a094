package dev.sluice.backend.engine.memory;

import dev.sluice.backend.engine.ByteMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class MemoryMap implements ByteMap {

  private final Map<String, byte[]> map = new TreeMap<>();

  @Override
  public synchronized byte @Nullable [] get(String key) {
    return map.get(key);
  }

  @Override
  public synchronized Map<String, byte[]> getAll(Set<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    for (String key : keys) {
      byte[] value = map.get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public synchronized Map<String, byte[]> all() {
    return new HashMap<>(map);
  }

  @Override
  public synchronized void put(String key, byte[] value) {
    map.put(key, value);
  }

  @Override
  public synchronized byte @Nullable [] remove(String key) {
    return map.remove(key);
  }

  @Override
  public synchronized byte @Nullable [] putIfAbsent(String key, byte[] value) {
    return map.putIfAbsent(key, value);
  }

  @Override
  public synchronized boolean removeIf(String key, byte[] before) {
    boolean same = Arrays.equals(map.get(key), before);
    if (same) {
      map.remove(key);
    }
    return same;
  }

  @Override
  public synchronized boolean replace(String key, byte[] before, byte[] after) {
    boolean same = Arrays.equals(map.get(key), before);
    if (same) {
      map.put(key, after);
    }
    return same;
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public synchronized List<String> keys(int part) {
    return List.copyOf(map.keySet());
  }
}
