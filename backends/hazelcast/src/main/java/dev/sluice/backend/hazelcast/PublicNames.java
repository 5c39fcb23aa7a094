package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Other names of sessions, in a map of their own: for each the item it was stored for. The name is
 * stored before the entry names that item, and holds for as long as the entry does: what leads to
 * another item, or to none, is nobody's.
 */
final class PublicNames {

  private final Grid grid;
  private final ByteMap map;

  PublicNames(Grid grid, ByteMap map) {
    this.grid = grid;
    this.map = map;
  }

  /** The item that a name was stored for; null if it is stored for none. */
  Blobs.@Nullable Ref find(String org, String name) {
    byte[] stored = grid.<byte @Nullable []>call(() -> map.get(key(org, name)));
    return stored == null ? null : item(stored);
  }

  /**
   * Stores a name for an item that the entry is about to name, unless it is stored for another one.
   * Doesn't wait for the journal: whoever is told of the item waits for what came before it.
   *
   * @param nowMs kept with it, epoch ms: clean-up tells by it what was left behind
   * @return whether it is stored for this item now
   */
  boolean take(String name, Blobs.Ref item, long nowMs) {
    byte[] value = bytes(item, nowMs);
    return grid.call(() -> map.putIfAbsentUnsynced(key(item.org(), name), value)) == null;
  }

  /** The same in place of another item, unless that has changed. */
  boolean takeFrom(Blobs.@Nullable Ref before, String name, Blobs.Ref item, long nowMs) {
    if (before == null) {
      return take(name, item, nowMs);
    }
    String key = key(item.org(), name);
    byte[] stored = grid.<byte @Nullable []>call(() -> map.get(key));
    return stored != null
        && item(stored).equals(before)
        && grid.call(() -> map.replace(key, stored, bytes(item, nowMs)));
  }

  /** Deletes a name, if it is stored for that item. */
  void release(String name, Blobs.Ref item) {
    String key = key(item.org(), name);
    byte[] stored = grid.<byte @Nullable []>call(() -> map.get(key));
    if (stored != null && item(stored).equals(item)) {
      grid.call(() -> map.removeIf(key, stored));
    }
  }

  /** Which item bytes of this map lead to. */
  static Blobs.Ref item(byte[] stored) {
    return Blobs.Ref.parse(new String(stored, Long.BYTES, stored.length - Long.BYTES, UTF_8));
  }

  /** The name in a key of this map. */
  static String name(String key) {
    return key.substring(key.indexOf(Registry.SEPARATOR) + 1);
  }

  private static String key(String org, String name) {
    return org + Registry.SEPARATOR + name;
  }

  private static byte[] bytes(Blobs.Ref item, long nowMs) {
    byte[] encoded = item.key().getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + encoded.length).putLong(nowMs).put(encoded).array();
  }
}
