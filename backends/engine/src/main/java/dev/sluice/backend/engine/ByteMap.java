package dev.sluice.backend.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of bytes beside the states of orgs. Each call is atomic. When a call returns, a value read
 * or written is as durable as the store promises, unless the method doesn't wait.
 */
public interface ByteMap {

  byte @Nullable [] get(String key);

  Map<String, byte[]> getAll(Set<String> keys);

  /** Returns all entries of a small map. */
  Map<String, byte[]> all();

  void put(String key, byte[] value);

  /** Stores a value. Only for keys that have one writer. Doesn't wait. */
  default void set(String key, byte[] value) {
    put(key, value);
  }

  /** Stores values. Only for keys that have one writer. Doesn't wait. */
  default void setAll(Map<String, byte[]> values) {
    values.forEach(this::set);
  }

  /** Deletes a value. Only for keys that have one writer. Doesn't wait. */
  default void delete(String key) {
    remove(key);
  }

  byte @Nullable [] remove(String key);

  /** Stores a value if there is none; returns the present one, else null. */
  byte @Nullable [] putIfAbsent(String key, byte[] value);

  /** {@link #putIfAbsent} that doesn't wait. */
  default byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value) {
    return putIfAbsent(key, value);
  }

  /**
   * Stores each value whose key has none; returns the present values of the others. Each key is a
   * step of its own. Doesn't wait.
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

  /** Deletes a value unless it has changed. Doesn't wait. */
  boolean removeIf(String key, byte[] before);

  /** Replaces a value unless it has changed. */
  boolean replace(String key, byte[] before, byte[] after);

  /** Number of parts for {@link #keys}. */
  int parts();

  /** Returns the keys of one part. For clean-up alone: takes as long as there are keys. */
  Collection<String> keys(int part);
}
