package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.engine.tables.StoreTable;
import org.jspecify.annotations.Nullable;

/**
 * A change of one row, or of all rows under a prefix.
 *
 * @param key or prefix
 * @param value null unless put
 */
@SuppressWarnings("ArrayRecordComponent") // Group compares keys; values are never compared
public record Row(StoreTable table, Kind kind, byte[] key, byte @Nullable [] value) {

  /** The last byte of a prefix. Keys contain it only between their parts. */
  public static final byte SEPARATOR = 1;

  public enum Kind {
    PUT,
    DELETE,
    DELETE_UNDER
  }

  public static Row put(StoreTable table, byte[] key, byte[] value) {
    return new Row(table, Kind.PUT, key, value);
  }

  public static Row delete(StoreTable table, byte[] key) {
    return new Row(table, Kind.DELETE, key, null);
  }

  /**
   * @param prefix ends with {@link #SEPARATOR}
   */
  public static Row deleteUnder(StoreTable table, byte[] prefix) {
    if (prefix.length == 0 || prefix[prefix.length - 1] != SEPARATOR) {
      throw new IllegalArgumentException("a prefix ends with the separator");
    }
    return new Row(table, Kind.DELETE_UNDER, prefix, null);
  }

  byte[] behindPrefix() {
    byte[] end = key.clone();
    end[end.length - 1]++;
    return end;
  }

  int size() {
    return key.length + (value == null ? 0 : value.length) + 64;
  }
}
