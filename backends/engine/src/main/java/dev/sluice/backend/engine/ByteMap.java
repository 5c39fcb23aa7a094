package dev.sluice.backend.engine;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of bytes beside the states of orgs. Each call is atomic by itself. Whoever reads a value
 * may rely on it: it is as durable as the store promises when the call returns, unless a method
 * says that it doesn't wait.
 */
public interface ByteMap {

  /** A value; null if there is none. */
  byte @Nullable [] get(String key);

  /** The values of these keys, without those that have none. */
  Map<String, byte[]> getAll(Set<String> keys);

  /** All of a small map. */
  Map<String, byte[]> all();

  /** Stores a value in place of any. */
  void put(String key, byte[] value);

  /** Stores under a key that nobody else writes at the same time. Doesn't wait. */
  void set(String key, byte[] value);

  /** Stores several under keys that nobody else writes at the same time. Doesn't wait. */
  void setAll(Map<String, byte[]> values);

  /** Deletes a value that nobody else writes at the same time. Doesn't wait. */
  void delete(String key);

  /** Deletes a value and returns it; null if there was none. */
  byte @Nullable [] remove(String key);

  /** Stores a value where there is none; returns the one that is there. */
  byte @Nullable [] putIfAbsent(String key, byte[] value);

  /** {@link #putIfAbsent} that doesn't wait. */
  byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value);

  /**
   * Stores each of these values where there is none, and answers the others' present values. Each
   * is one step by itself. Doesn't wait.
   */
  Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values);

  /** Deletes a value, unless it has changed. Doesn't wait. */
  boolean removeIf(String key, byte[] before);

  /** Replaces a value by another one, unless it has changed. */
  boolean replace(String key, byte[] before, byte[] after);

  /** Into how many parts the map can be walked. */
  int parts();

  /** The keys in one part, for clean-up alone: it takes as long as there are keys. */
  Collection<String> keys(int part);
}
