package dev.sluice.backend.engine.tables;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.wire.Stored;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.keys.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Data about the store itself: data version, orgs, damaged records, key hashes by org. */
public final class Registry {

  public static final int MAX_DAMAGED = 100;

  private static final int FIRST_WRITES = 5;

  private static final String VERSION = "version";
  private static final String UNTOLD = "untold";
  private static final String ORGS = "orgs";
  private static final String DAMAGED = "damaged";
  private static final String KEYS = "keys";
  private static final String EXPIRIES = "expiries";
  private static final String FIRST_KEYS = "first-keys";
  private static final String IMPORTED = "imported";
  private static final String WEBHOOKS = "webhooks";
  private static final String WEBHOOK_ORGS = "webhook-orgs";

  public static final char SEPARATOR = '\u0001';

  private final ByteMap map;
  private final WireFormat wire;
  private final Set<String> knownOrgs = ConcurrentHashMap.newKeySet();
  private final Set<String> knownDamaged = ConcurrentHashMap.newKeySet();

  public Registry(ByteMap map, WireFormat wire) {
    this.map = map;
    this.wire = wire;
  }

  public record Damaged(String org, String sessionId) {}

  /**
   * Stores the layout of the data if there is none, and returns the stored one. Repeats the write,
   * the same each time, while its answers are lost, as they may while members join.
   */
  int firstLayout(int layout) {
    byte[] bytes = wire.toBytes((long) layout);
    for (int attempt = 1; ; attempt++) {
      try {
        byte[] stored = map.putIfAbsent(VERSION, bytes);
        return stored == null ? layout : layout(stored);
      } catch (BackendUnavailableException e) {
        if (!e.outcomeUnknown() || attempt == FIRST_WRITES) {
          throw e;
        }
      }
    }
  }

  int layout() {
    return layout(Objects.requireNonNull(map.get(VERSION)));
  }

  private int layout(byte[] stored) {
    return ((Long) Objects.requireNonNull(wire.fromBytes(stored))).intValue();
  }

  /** Answers false if another node was first. */
  boolean raiseLayout(int from, int to) {
    return map.replace(VERSION, wire.toBytes((long) from), wire.toBytes((long) to));
  }

  /** Replaces the lines of {@link StoredLayout} on orgs that have no audit line of a rise yet. */
  void replaceUntold(UnaryOperator<List<String>> lines) {
    change(
        UNTOLD,
        before -> {
          List<String> read = read(before);
          List<String> after = lines.apply(read);
          return after.equals(read) ? null : wire.toBytes(new Stored.Names(after));
        });
  }

  List<String> untold() {
    return names(UNTOLD);
  }

  /** Call before anything is stored for it, so that sweeps find it. */
  public void noteOrg(String org) {
    if (!knownOrgs.contains(org)) {
      add(ORGS, org, Integer.MAX_VALUE);
      knownOrgs.add(org);
    }
  }

  public List<String> orgs() {
    return names(ORGS);
  }

  public void noteDamaged(String org, String sessionId) {
    String name = org + SEPARATOR + sessionId;
    if (knownDamaged.size() < MAX_DAMAGED && !knownDamaged.contains(name)) {
      add(DAMAGED, name, MAX_DAMAGED);
      knownDamaged.add(name);
    }
  }

  public static String warning(Damaged record) {
    return "damaged record: session " + record.sessionId() + " of org " + record.org();
  }

  public List<Damaged> damaged() {
    List<Damaged> damaged = new ArrayList<>();
    for (String name : names(DAMAGED)) {
      int end = name.indexOf(SEPARATOR);
      damaged.add(new Damaged(name.substring(0, end), name.substring(end + 1)));
    }
    return damaged;
  }

  public void noteKey(String org, String hash) {
    add(KEYS + SEPARATOR + org, hash, Integer.MAX_VALUE);
  }

  public void forgetKey(String org, String hash) {
    removeIf(EXPIRIES, name -> name.startsWith(hash + SEPARATOR));
    removeIf(KEYS + SEPARATOR + org, hash::equals);
  }

  private void removeIf(String key, Predicate<String> gone) {
    change(
        key,
        before -> {
          List<String> names = new ArrayList<>(read(before));
          return names.removeIf(gone) ? wire.toBytes(new Stored.Names(names)) : null;
        });
  }

  public void noteExpiry(String hash, long expiresAtMs) {
    add(EXPIRIES, hash + SEPARATOR + expiresAtMs, Integer.MAX_VALUE);
  }

  public List<String> expired(long nowMs) {
    List<String> hashes = new ArrayList<>();
    for (String name : names(EXPIRIES)) {
      int end = name.indexOf(SEPARATOR);
      if (Long.parseLong(name, end + 1, name.length(), 10) <= nowMs) {
        hashes.add(name.substring(0, end));
      }
    }
    return hashes;
  }

  public List<String> keys(String org) {
    return names(KEYS + SEPARATOR + org);
  }

  /** Notes a key of an import, until another import begins. */
  public void noteImported(String org, String hash) {
    add(IMPORTED + SEPARATOR + org, hash, Integer.MAX_VALUE);
  }

  public List<String> imported(String org) {
    return names(IMPORTED + SEPARATOR + org);
  }

  public void forgetImported(String org) {
    map.remove(IMPORTED + SEPARATOR + org);
  }

  /** Notes a webhook, unless the org has as many. Returns false then. */
  public boolean noteWebhook(String org, String id, int most) {
    noteOrg(org);
    add(WEBHOOK_ORGS, org, Integer.MAX_VALUE);
    add(WEBHOOKS + SEPARATOR + org, id, most);
    return webhooks(org).contains(id);
  }

  public void forgetWebhook(String org, String id) {
    removeIf(WEBHOOKS + SEPARATOR + org, id::equals);
  }

  public List<String> webhooks(String org) {
    return names(WEBHOOKS + SEPARATOR + org);
  }

  /** Includes orgs that had webhooks. */
  public List<String> webhookOrgs() {
    return names(WEBHOOK_ORGS);
  }

  public boolean addFirstKeys(Stored.FirstKeys keys) {
    return putIfAbsent(FIRST_KEYS, wire.toBytes(keys)) == null;
  }

  public Map<String, Key> firstKeys() {
    return readFirst(map.get(FIRST_KEYS));
  }

  public void removeFirstKey(String hash) {
    change(
        FIRST_KEYS,
        before -> {
          Map<String, Key> keys = new LinkedHashMap<>(readFirst(before));
          return keys.remove(hash) == null ? null : wire.toBytes(new Stored.FirstKeys(keys));
        });
  }

  /** Stores a value never replaced; returns the present value, else null. */
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    return map.putIfAbsent(key, value);
  }

  public byte @Nullable [] remove(String key) {
    return map.remove(key);
  }

  public byte @Nullable [] get(String key) {
    return map.get(key);
  }

  private List<String> names(String key) {
    return read(map.get(key));
  }

  private void add(String key, String name, int most) {
    change(
        key,
        before -> {
          List<String> names = read(before);
          if (names.contains(name) || names.size() >= most) {
            return null;
          }
          List<String> more = new ArrayList<>(names);
          more.add(name);
          return wire.toBytes(new Stored.Names(more));
        });
  }

  /**
   * Retries while others change it.
   *
   * @param make returns null to change nothing
   */
  private void change(String key, Make make) {
    while (true) {
      byte[] before = map.get(key);
      byte[] after = make.of(before);
      if (after == null) {
        return;
      }
      boolean stored =
          before == null ? map.putIfAbsent(key, after) == null : map.replace(key, before, after);
      if (stored) {
        return;
      }
    }
  }

  private interface Make {
    byte @Nullable [] of(byte @Nullable [] before);
  }

  private Map<String, Key> readFirst(byte @Nullable [] bytes) {
    return bytes == null
        ? Map.of()
        : ((Stored.FirstKeys) Objects.requireNonNull(wire.fromBytes(bytes))).keysByHash();
  }

  private List<String> read(byte @Nullable [] bytes) {
    return bytes == null
        ? List.of()
        : ((Stored.Names) Objects.requireNonNull(wire.fromBytes(bytes))).names();
  }
}
