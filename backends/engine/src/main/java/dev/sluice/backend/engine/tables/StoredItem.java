package dev.sluice.backend.engine.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON, preceded by the session's public ids if it has any: so they take no room in the state
 * and are deleted with the item.
 */
public final class StoredItem {

  /** Ends each id and the list. Never part of an id, never the first character of JSON. */
  private static final char SEPARATOR = '\u0001';

  private StoredItem() {}

  public static String of(List<String> names, String json) {
    if (names.isEmpty()) {
      return json;
    }
    StringBuilder stored = new StringBuilder(json.length() + 64);
    names.forEach(name -> stored.append(SEPARATOR).append(name));
    return stored.append(SEPARATOR).append(SEPARATOR).append(json).toString();
  }

  public static String json(String stored) {
    return hasNames(stored) ? stored.substring(end(stored) + 2) : stored;
  }

  public static List<String> names(String stored) {
    return hasNames(stored)
        ? List.of(stored.substring(1, end(stored)).split(String.valueOf(SEPARATOR), -1))
        : List.of();
  }

  /** Returns a stored item as it is, but for one of its public ids. */
  public static String without(String name, String stored) {
    return of(names(stored).stream().filter(other -> !other.equals(name)).toList(), json(stored));
  }

  /** The public ids of an item as {@link Blobs} has it. */
  static List<byte[]> names(byte[] value) {
    int from = Long.BYTES + 1;
    if (value.length < from || value[from - 1] != SEPARATOR) {
      return List.of();
    }
    List<byte[]> names = new ArrayList<>(2);
    while (value[from] != SEPARATOR) {
      int end = from;
      while (value[end] != SEPARATOR) {
        end++;
      }
      names.add(Arrays.copyOfRange(value, from, end));
      from = end + 1;
    }
    return names;
  }

  private static boolean hasNames(String stored) {
    return !stored.isEmpty() && stored.charAt(0) == SEPARATOR;
  }

  private static int end(String stored) {
    return stored.indexOf("" + SEPARATOR + SEPARATOR);
  }
}
