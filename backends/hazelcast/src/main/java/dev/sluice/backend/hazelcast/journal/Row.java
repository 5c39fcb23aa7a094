package dev.sluice.backend.hazelcast.journal;

import dev.sluice.backend.engine.StoreTable;
import org.jspecify.annotations.Nullable;

/**
 * A change of one row, or of all rows under a prefix.
 *
 * @param table its table
 * @param kind what happens
 * @param key the row's key, or the prefix
 * @param value what it holds from then on; null unless put
 */
@SuppressWarnings("ArrayRecordComponent") // keys are compared by Group, values never
public record Row(StoreTable table, Kind kind, byte[] key, byte @Nullable [] value) {

  /**
   * The last byte of a prefix, which no row's key holds behind it but as the separator of its own
   * parts.
   */
  public static final byte SEPARATOR = 1;

  /** What happens to a row. */
  public enum Kind {
    PUT,
    DELETE,
    DELETE_UNDER
  }

  /** Stores a row, in place of that of the same key. */
  public static Row put(StoreTable table, byte[] key, byte[] value) {
    return new Row(table, Kind.PUT, key, value);
  }

  /** Deletes a row, if it is there. */
  public static Row delete(StoreTable table, byte[] key) {
    return new Row(table, Kind.DELETE, key, null);
  }

  /**
   * Deletes all rows whose key begins with this.
   *
   * @param prefix ends with {@link #SEPARATOR}
   */
  public static Row deleteUnder(StoreTable table, byte[] prefix) {
    if (prefix.length == 0 || prefix[prefix.length - 1] != SEPARATOR) {
      throw new IllegalArgumentException("a prefix ends with the separator");
    }
    return new Row(table, Kind.DELETE_UNDER, prefix, null);
  }

  /** The first key behind all those that begin with this prefix. */
  byte[] behindPrefix() {
    byte[] end = key.clone();
    end[end.length - 1]++;
    return end;
  }

  /** About how much memory it takes. */
  int size() {
    return key.length + (value == null ? 0 : value.length) + 64;
  }
}
