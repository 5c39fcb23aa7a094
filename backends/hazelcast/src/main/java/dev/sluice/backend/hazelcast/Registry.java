package dev.sluice.backend.hazelcast;

import com.hazelcast.map.IMap;
import dev.sluice.backend.hazelcast.wire.Stored;
import dev.sluice.backend.hazelcast.wire.WireTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of itself, each under a fixed name in one small map: the version of its
 * data, the names of its orgs, damaged records that somebody met.
 */
final class Registry {

  /** Of the data that this code writes. */
  static final long DATA_VERSION = 1;

  /** How many damaged records are named; there may be more. */
  static final int MAX_DAMAGED = 100;

  private static final String VERSION = "version";
  private static final String ORGS = "orgs";
  private static final String DAMAGED = "damaged";
  private static final char SEPARATOR = '\u0001';

  private final Grid grid;
  private final IMap<String, byte[]> map;
  private final Set<String> knownOrgs = ConcurrentHashMap.newKeySet();
  private final Set<String> knownDamaged = ConcurrentHashMap.newKeySet();

  Registry(Grid grid, IMap<String, byte[]> map) {
    this.grid = grid;
    this.map = map;
  }

  /** A damaged record. */
  record Damaged(String org, String sessionId) {}

  /**
   * Writes the version of the data, where there is none.
   *
   * @throws IllegalStateException if the data is of a later version
   */
  void checkVersion() {
    byte[] stored =
        grid.<byte @Nullable []>call(
            () -> map.putIfAbsent(VERSION, WireTypes.toBytes(DATA_VERSION)));
    long version =
        stored == null ? DATA_VERSION : (long) Objects.requireNonNull(WireTypes.fromBytes(stored));
    if (version > DATA_VERSION) {
      throw new IllegalStateException(
          "the data is of version " + version + ", this Sluice knows up to " + DATA_VERSION);
    }
  }

  /** Notes an org before anything is stored for it, so that sweeps find it. */
  void noteOrg(String org) {
    if (!knownOrgs.contains(org)) {
      add(ORGS, org, Integer.MAX_VALUE);
      knownOrgs.add(org);
    }
  }

  /** All orgs for which something may be stored. */
  List<String> orgs() {
    return names(ORGS);
  }

  /** Notes a damaged record, for health to name it. */
  void noteDamaged(String org, String sessionId) {
    String name = org + SEPARATOR + sessionId;
    if (knownDamaged.size() < MAX_DAMAGED && !knownDamaged.contains(name)) {
      add(DAMAGED, name, MAX_DAMAGED);
      knownDamaged.add(name);
    }
  }

  /** The damaged records noted. */
  List<Damaged> damaged() {
    List<Damaged> damaged = new ArrayList<>();
    for (String name : names(DAMAGED)) {
      int end = name.indexOf(SEPARATOR);
      damaged.add(new Damaged(name.substring(0, end), name.substring(end + 1)));
    }
    return damaged;
  }

  private List<String> names(String key) {
    return read(grid.<byte @Nullable []>call(() -> map.get(key)));
  }

  private void add(String key, String name, int most) {
    while (true) {
      byte[] before = grid.<byte @Nullable []>call(() -> map.get(key));
      List<String> names = read(before);
      if (names.contains(name) || names.size() >= most) {
        return;
      }
      List<String> more = new ArrayList<>(names);
      more.add(name);
      byte[] after = WireTypes.toBytes(new Stored.Names(more));
      boolean stored =
          before == null
              ? grid.call(() -> map.putIfAbsent(key, after) == null)
              : grid.call(() -> map.replace(key, before, after));
      if (stored) {
        return;
      }
    }
  }

  private static List<String> read(byte @Nullable [] bytes) {
    return bytes == null
        ? List.of()
        : ((Stored.Names) Objects.requireNonNull(WireTypes.fromBytes(bytes))).names();
  }
}
