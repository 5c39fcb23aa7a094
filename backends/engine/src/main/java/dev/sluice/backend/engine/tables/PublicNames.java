package dev.sluice.backend.engine.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;

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

  /** Returns the takers of those ids that have any. */
  public Map<String, List<Blobs.Ref>> find(String org, Set<String> names) {
    Map<String, List<Blobs.Ref>> found = new HashMap<>(2 * names.size());
    map.getAll(names.stream().map(name -> key(org, name)).collect(toSet()))
        .forEach((key, stored) -> found.put(name(key), items(stored)));
    return found;
  }

  public record Wish(Blobs.Ref item, String name) {}

  /**
   * Takes ids for items about to be enqueued. Doesn't wait for the journal: the caller's later wait
   * covers it.
   *
   * @param nowMs for clean-up, epoch ms
   * @return those that other items have too
   */
  public List<Wish> take(List<Wish> wishes, long nowMs) {
    Map<String, Wish> firsts = new HashMap<>(2 * wishes.size());
    Map<String, byte[]> alone = new HashMap<>(2 * wishes.size());
    Set<Wish> later = new LinkedHashSet<>();
    for (Wish wish : wishes) {
      String key = key(wish.item().org(), wish.name());
      Wish first = firsts.putIfAbsent(key, wish);
      if (first == null) {
        alone.put(key, Blobs.toBytes(wish.item().key(), nowMs));
      } else if (!first.equals(wish)) {
        later.add(wish);
      }
    }
    map.putAllIfAbsentUnsynced(alone)
        .keySet()
        .forEach(key -> later.add(Objects.requireNonNull(firsts.get(key))));
    return later.stream().filter(wish -> !take(wish.name(), wish.item(), nowMs)).toList();
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
      if (all.contains(item)) { // by this call, whose answer was lost
        return all.size() == 1;
      }
      all.add(item);
      if (map.replace(key, stored, bytes(all, nowMs))) {
        return false;
      }
    }
  }

  /** Releases the ids of items that are gone, each of them one or more. */
  public void release(String org, Map<String, List<Blobs.Ref>> gone) {
    Map<String, byte[]> alone = new HashMap<>(2 * gone.size());
    Map<String, List<Blobs.Ref>> others = new HashMap<>();
    map.getAll(gone.keySet().stream().map(name -> key(org, name)).collect(toSet()))
        .forEach(
            (key, stored) -> {
              List<Blobs.Ref> items = gone.getOrDefault(name(key), List.of());
              if (items.containsAll(items(stored))) {
                alone.put(key, stored);
              } else {
                others.put(name(key), items);
              }
            });
    for (String changed : map.removeAllIf(alone)) {
      others.put(name(changed), gone.getOrDefault(name(changed), List.of()));
    }
    others.forEach((name, items) -> release(org, name, items));
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
              : map.replace(key, stored, bytes(after, Blobs.stamp(stored)));
    }
  }

  /** The table before it serves. */
  public interface Entries {

    void put(byte[] key, byte[] value, BinaryOperator<byte[]> both);
  }

  /** Makes the entries of an item from its bytes. */
  public static void restore(byte[] itemKey, byte[] item, Entries entries) {
    List<byte[]> names = StoredItem.names(item);
    if (names.isEmpty()) {
      return;
    }
    int org = 1;
    while (itemKey[org - 1] != Registry.SEPARATOR) {
      org++;
    }
    byte[] value = Arrays.copyOf(item, Long.BYTES + itemKey.length);
    System.arraycopy(itemKey, 0, value, Long.BYTES, itemKey.length);
    for (byte[] name : names) {
      byte[] key = Arrays.copyOf(itemKey, org + name.length);
      System.arraycopy(name, 0, key, org, name.length);
      entries.put(key, value, PublicNames::both);
    }
  }

  /** Returns the value of an item, without the public ids that the table has for others alone. */
  public byte[] held(byte[] itemKey, byte[] value) {
    Blobs.Ref item = Blobs.Ref.parse(new String(itemKey, UTF_8));
    String stored = Blobs.text(value);
    List<String> names = StoredItem.names(stored);
    List<String> held =
        names.stream().filter(name -> find(item.org(), name).contains(item)).toList();
    return held.equals(names)
        ? value
        : Blobs.toBytes(StoredItem.of(held, StoredItem.json(stored)), Blobs.stamp(value));
  }

  public static List<Blobs.Ref> items(byte[] stored) {
    String text = new String(stored, Long.BYTES, stored.length - Long.BYTES, UTF_8);
    return Arrays.stream(text.split(String.valueOf(SEPARATOR), -1)).map(Blobs.Ref::parse).toList();
  }

  public static String name(String key) {
    return key.substring(key.indexOf(Registry.SEPARATOR) + 1);
  }

  private static String key(String org, String name) {
    return org + Registry.SEPARATOR + name;
  }

  private static byte[] bytes(List<Blobs.Ref> items, long nowMs) {
    return Blobs.toBytes(
        String.join(String.valueOf(SEPARATOR), items.stream().map(item -> item.key()).toList()),
        nowMs);
  }

  private static byte[] both(byte[] before, byte[] value) {
    if (Arrays.equals(before, value)) {
      return before; // an item may list an id twice
    }
    int length = value.length - Long.BYTES;
    byte[] all = Arrays.copyOf(before, before.length + 1 + length);
    all[before.length] = (byte) SEPARATOR;
    System.arraycopy(value, Long.BYTES, all, before.length + 1, length);
    return all;
  }
}
