package dev.sluice.backend.tck.contract;

import dev.sluice.backend.engine.tables.ByteMap;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes each change of a map twice, while answers are lost.
 *
 * @param adds false to add once
 */
record RepeatingMap(ByteMap map, BooleanSupplier losing, boolean adds) implements ByteMap {

  private <T extends @Nullable Object> T twice(Supplier<T> change) {
    T first = change.get();
    return losing.getAsBoolean() ? change.get() : first;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return map.get(key);
  }

  @Override
  public byte @Nullable [] getNamed(String key) {
    return map.getNamed(key);
  }

  @Override
  public boolean near() {
    return map.near();
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    return map.getAll(keys);
  }

  @Override
  public Map<String, byte[]> all() {
    return map.all();
  }

  @Override
  public void put(String key, byte[] value) {
    twice(() -> put(map, key, value));
  }

  private static boolean put(ByteMap map, String key, byte[] value) {
    map.put(key, value);
    return true;
  }

  @Override
  public byte @Nullable [] remove(String key) {
    return this.<byte @Nullable []>twice(() -> map.remove(key));
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    return adds
        ? this.<byte @Nullable []>twice(() -> map.putIfAbsent(key, value))
        : map.putIfAbsent(key, value);
  }

  @Override
  public boolean removeIf(String key, byte[] before) {
    return twice(() -> map.removeIf(key, before));
  }

  @Override
  public boolean replace(String key, byte[] before, byte[] after) {
    return twice(() -> map.replace(key, before, after));
  }

  @Override
  public int parts() {
    return map.parts();
  }

  @Override
  public Collection<String> keys(int part) {
    return map.keys(part);
  }
}
