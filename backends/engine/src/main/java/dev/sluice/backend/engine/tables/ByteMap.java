package dev.sluice.backend.engine.tables;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of bytes beside the states of orgs. Each call is atomic. When it returns, a value read or
 * written is as durable as the store promises, unless the method doesn't wait.
 */
public interface ByteMap {

  byte @Nullable [] get(String key);

  /**
   * Returns the value of a key that a state names and that was read with it; such values never
   * change, and are as durable as the state. Doesn't wait.
   */
  default byte @Nullable [] getNamed(String key) {
    return get(key);
  }

  /** True if {@link #getNamed} asks no other thread or node. */
  default boolean near() {
    return false;
  }

  Map<String, byte[]> getAll(Set<String> keys);

  /** Needs a small map. */
  Map<String, byte[]> all();

  void put(String key, byte[] value);

  /** Needs keys with one writer. Doesn't wait. */
  default void set(String key, byte[] value) {
    put(key, value);
  }

  /** Each as {@link #set}. */
  default void setAll(Map<String, byte[]> values) {
    values.forEach(this::set);
  }

  /** Needs keys with one writer. Doesn't wait. */
  default void delete(String key) {
    remove(key);
  }

  /** Each as {@link #delete}. */
  default void deleteAll(Set<String> keys) {
    keys.forEach(this::delete);
  }

  byte @Nullable [] remove(String key);

  /** Returns the present value, else null. */
  byte @Nullable [] putIfAbsent(String key, byte[] value);

  /** {@link #putIfAbsent} that doesn't wait. */
  default byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value) {
    return putIfAbsent(key, value);
  }

  /**
   * Stores each value whose key has none, a step for each; returns the present values of the
   * others. Doesn't wait.
   */
  default Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values) {
    Map<String, byte[]> present = new HashMap<>();
    values.forEach(
        (key, value) -> {
          byte[] before = putIfAbsentUnsynced(key, value);
          if (before != null) {
            present.put(key, before);
          }
        });
    return present;
  }

  /** Unless it has changed. Doesn't wait. */
  boolean removeIf(String key, byte[] before);

  /** Each as {@link #removeIf}; returns the keys that have changed. */
  default Set<String> removeAllIf(Map<String, byte[]> before) {
    Set<String> changed = new HashSet<>();
    before.forEach(
        (key, value) -> {
          if (!removeIf(key, value)) {
            changed.add(key);
          }
        });
    return changed;
  }

  /** Unless it has changed. */
  boolean replace(String key, byte[] before, byte[] after);

  int parts();

  /** Takes as long as there are keys: clean-up alone calls it. */
  Collection<String> keys(int part);
}
