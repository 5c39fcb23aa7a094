package dev.sluice.backend.engine;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of bytes beside the states of orgs. Each call is atomic. When a call returns, a value read
 * or written is as durable as the store promises, unless the method doesn't wait.
 */
public interface ByteMap {

  /** Returns a value; null if there is none. */
  byte @Nullable [] get(String key);

  /** Returns the values of the keys that have one. */
  Map<String, byte[]> getAll(Set<String> keys);

  /** Returns all entries of a small map. */
  Map<String, byte[]> all();

  void put(String key, byte[] value);

  /** Stores a value. Only for keys that have one writer. Doesn't wait. */
  void set(String key, byte[] value);

  /** Stores values. Only for keys that have one writer. Doesn't wait. */
  void setAll(Map<String, byte[]> values);

  /** Deletes a value. Only for keys that have one writer. Doesn't wait. */
  void delete(String key);

  /** Deletes a value and returns it; null if there was none. */
  byte @Nullable [] remove(String key);

  /** Stores a value if there is none; returns the present one, else null. */
  byte @Nullable [] putIfAbsent(String key, byte[] value);

  /** {@link #putIfAbsent} that doesn't wait. */
  byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value);

  /**
   * Stores each value whose key has none; returns the present values of the others. Each key is a
   * step of its own. Doesn't wait.
   */
  Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values);

  /** Deletes a value unless it has changed. Doesn't wait. */
  boolean removeIf(String key, byte[] before);

  /** Replaces a value unless it has changed. */
  boolean replace(String key, byte[] before, byte[] after);

  /** Number of parts for {@link #keys}. */
  int parts();

  /** Returns the keys of one part. For clean-up alone: takes as long as there are keys. */
  Collection<String> keys(int part);
}
