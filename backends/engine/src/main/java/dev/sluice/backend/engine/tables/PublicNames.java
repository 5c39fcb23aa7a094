package dev.sluice.backend.engine.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.ByteMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of public ids: items that each was taken for. An item is added before the state names
 * it, and stays as long. If there are several, the state decides which was first.
 */
public final class PublicNames {

  private static final char SEPARATOR = '\u0002';

  private final ByteMap map;

  public PublicNames(ByteMap map) {
    this.map = map;
  }

  public List<Blobs.Ref> find(String org, String name) {
    byte[] stored = map.get(key(org, name));
    return stored == null ? List.of() : items(stored);
  }

  public record Wish(Blobs.Ref item, String name) {
    private String key() {
      return PublicNames.key(item.org(), name);
    }
  }

  /**
   * Takes ids for items about to be enqueued. Doesn't wait for the journal: the caller's later wait
   * covers it.
   *
   * @param nowMs for clean-up, epoch ms
   * @return those that other items have too
   */
  public List<Wish> take(List<Wish> wishes, long nowMs) {
    Map<String, Wish> firsts = new LinkedHashMap<>(2 * wishes.size());
    wishes.forEach(wish -> firsts.putIfAbsent(wish.key(), wish));
    Map<String, byte[]> alone = new HashMap<>(2 * firsts.size());
    firsts.forEach((key, wish) -> alone.put(key, bytes(List.of(wish.item()), nowMs)));
    Map<String, byte[]> before = map.putAllIfAbsentUnsynced(alone);
    List<Wish> shared = new ArrayList<>(0);
    for (Wish wish : wishes) {
      boolean taken = firsts.get(wish.key()) == wish && !before.containsKey(wish.key());
      if (!taken && !take(wish.name(), wish.item(), nowMs)) {
        shared.add(wish);
      }
    }
    return shared;
  }

  /** True if no other item has it. */
  public boolean take(String name, Blobs.Ref item, long nowMs) {
    String key = key(item.org(), name);
    byte[] alone = bytes(List.of(item), nowMs);
    while (true) {
      byte[] stored = map.putIfAbsentUnsynced(key, alone);
      if (stored == null) {
        return true;
      }
      List<Blobs.Ref> all = new ArrayList<>(items(stored));
      all.add(item);
      if (map.replace(key, stored, bytes(all, nowMs))) {
        return false;
      }
    }
  }

  public void release(String org, String name, List<Blobs.Ref> gone) {
    String key = key(org, name);
    boolean done = false;
    while (!done) {
      byte[] stored = map.get(key);
      List<Blobs.Ref> before = stored == null ? List.of() : items(stored);
      List<Blobs.Ref> after = before.stream().filter(item -> !gone.contains(item)).toList();
      if (stored == null || after.equals(before)) {
        return;
      }
      done =
          after.isEmpty()
              ? map.removeIf(key, stored)
              : map.replace(key, stored, bytes(after, stamp(stored)));
    }
  }

  public static List<Blobs.Ref> items(byte[] stored) {
    String text = new String(stored, Long.BYTES, stored.length - Long.BYTES, UTF_8);
    return Arrays.stream(text.split(String.valueOf(SEPARATOR), -1)).map(Blobs.Ref::parse).toList();
  }

  private static long stamp(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  public static String name(String key) {
    return key.substring(key.indexOf(Registry.SEPARATOR) + 1);
  }

  private static String key(String org, String name) {
    return org + Registry.SEPARATOR + name;
  }

  private static byte[] bytes(List<Blobs.Ref> items, long nowMs) {
    byte[] encoded =
        String.join(String.valueOf(SEPARATOR), items.stream().map(item -> item.key()).toList())
            .getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + encoded.length).putLong(nowMs).put(encoded).array();
  }
}
