package dev.sluice.backend.hazelcast;

import com.hazelcast.map.IMap;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.hazelcast.ByteChange.Kind;
import dev.sluice.backend.hazelcast.epoch.Gate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

final class HazelcastByteMap implements ByteMap {

  /** From so many keys on, a call for all and one for each partition cost less than one a key. */
  private static final int MANY = 250;

  /** Each partition hashes all keys of a call. */
  private static final int PARTITIONS_A_CALL = 12;

  private final HazelcastMember node;
  private final StoreTable table;

  HazelcastByteMap(HazelcastMember node, StoreTable table) {
    this.node = node;
    this.table = table;
  }

  private IMap<String, byte[]> map() {
    return node.map(table);
  }

  private ParallelCalls parallel() {
    return ParallelCalls.of(node.member());
  }

  @Override
  public byte @Nullable [] get(String key) {
    return node.<byte @Nullable []>call(() -> map().get(key));
  }

  /** A call for all keys never ends if it can't read an answer, so few have one each. */
  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    return node.call(
        () -> {
          if (parallel().alone()) {
            return map().getAll(keys);
          }
          if (keys.size() < MANY) {
            return eachOf(keys);
          }
          Map<String, byte[]> all = new ConcurrentHashMap<>(2 * keys.size());
          parallel()
              .each(
                  Partitions.of(node.member()).groups(keys, PARTITIONS_A_CALL),
                  some -> all.putAll(map().getAll(some)));
          return all;
        });
  }

  private Map<String, byte[]> eachOf(Set<String> keys) {
    Map<String, CompletableFuture<byte @Nullable []>> asked = new HashMap<>(2 * keys.size());
    keys.forEach(key -> asked.put(key, map().getAsync(key).toCompletableFuture()));
    Map<String, byte[]> found = new HashMap<>(2 * keys.size());
    asked.forEach(
        (key, answer) -> {
          byte[] value = answer.join();
          if (value != null) {
            found.put(key, value);
          }
        });
    return found;
  }

  @Override
  public Map<String, byte[]> all() {
    return node.call(
        () -> {
          Map<String, byte[]> all = new HashMap<>();
          map().entrySet().forEach(each -> all.put(each.getKey(), each.getValue()));
          return all;
        });
  }

  @Override
  public void put(String key, byte[] value) {
    node.run(() -> setHere(key, value));
  }

  /** Returns once values are on a second member of a cluster. */
  @Override
  public void setAll(Map<String, byte[]> values) {
    node.run(
        () -> {
          if (parallel().alone()) {
            map().setAll(values);
          } else if (values.size() >= MANY) {
            map().setAll(values);
            copied(values, this::setHere);
          } else {
            parallel()
                .each(
                    List.copyOf(values.entrySet()),
                    each -> setHere(each.getKey(), each.getValue()));
          }
        });
  }

  @Override
  public void delete(String key) {
    node.run(
        () -> {
          if (gated()) {
            map().executeOnKey(key, new ByteChange(Kind.DELETE, null, null));
          } else {
            map().delete(key);
          }
        });
  }

  /** Leaves the copies to Hazelcast. */
  @Override
  public void deleteAll(Set<String> keys) {
    node.run(
        () -> {
          if (many(keys.size())) {
            parallel()
                .each(
                    Partitions.of(node.member()).groups(keys, PARTITIONS_A_CALL),
                    some ->
                        map()
                            .executeOnKeys(some, new BulkChange(BulkChange.Kind.REMOVE, Map.of())));
          } else {
            parallel().each(List.copyOf(keys), map()::delete);
          }
        });
  }

  @Override
  public byte @Nullable [] remove(String key) {
    return node.<byte @Nullable []>call(
        () ->
            gated()
                ? map().executeOnKey(key, new ByteChange(Kind.REMOVE, null, null))
                : map().remove(key));
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    return node.<byte @Nullable []>call(() -> putHereIfAbsent(key, value));
  }

  @Override
  public Map<String, byte[]> putAllIfAbsentUnsynced(Map<String, byte[]> values) {
    return node.call(
        () -> {
          if (many(values.size())) {
            Map<String, byte[]> present = change(BulkChange.Kind.PUT_IF_ABSENT, values);
            Map<String, byte[]> stored = new HashMap<>(values);
            stored.keySet().removeAll(present.keySet());
            copied(stored, (key, value) -> replaceHere(key, value, value));
            return present;
          }
          Map<String, byte[]> before = new ConcurrentHashMap<>();
          parallel()
              .each(
                  List.copyOf(values.entrySet()),
                  each -> {
                    byte[] there = putHereIfAbsent(each.getKey(), each.getValue());
                    if (there != null) {
                      before.put(each.getKey(), there);
                    }
                  });
          return before;
        });
  }

  private boolean many(int keys) {
    return keys >= MANY && gated();
  }

  /** True if the member that has an entry is asked whether it may serve, too. */
  private boolean gated() {
    boolean allKnowIt = node.gate() != Gate.OPEN || node.wire().inForce() > Layouts.FIRST;
    return !parallel().alone() && allKnowIt;
  }

  private void setHere(String key, byte[] value) {
    if (gated()) {
      map().executeOnKey(key, new ByteChange(Kind.PUT, null, value));
    } else {
      map().set(key, value);
    }
  }

  private byte @Nullable [] putHereIfAbsent(String key, byte[] value) {
    return gated()
        ? map().executeOnKey(key, new ByteChange(Kind.PUT_IF_ABSENT, null, value))
        : map().putIfAbsent(key, value);
  }

  private boolean replaceHere(String key, byte[] before, byte[] after) {
    return gated()
        ? map().executeOnKey(key, new ByteChange(Kind.REPLACE, before, after)) != null
        : map().replace(key, before, after);
  }

  /** Doesn't wait for copies. Returns the values that stayed. */
  private Map<String, byte[]> change(BulkChange.Kind kind, Map<String, byte[]> values) {
    Map<String, byte[]> stayed = new ConcurrentHashMap<>();
    parallel()
        .each(
            Partitions.of(node.member()).groups(values.keySet(), PARTITIONS_A_CALL),
            keys -> {
              Map<String, byte[]> some = new HashMap<>(2 * keys.size());
              keys.forEach(key -> some.put(key, Objects.requireNonNull(values.get(key))));
              stayed.putAll(map().executeOnKeys(keys, new BulkChange(kind, some)));
            });
    return stayed;
  }

  /**
   * Waits until values that a call for all has stored are on a second member: a partition's copies
   * are made in order, so it stores one of each again by a call that waits. That call also finds
   * out whether the partition's member still served after the values came.
   */
  private void copied(Map<String, byte[]> values, BiConsumer<String, byte[]> again) {
    parallel()
        .each(
            Partitions.of(node.member()).oneOfEach(values.keySet()),
            key -> again.accept(key, Objects.requireNonNull(values.get(key))));
  }

  @Override
  public boolean removeIf(String key, byte[] before) {
    return node.call(
        () ->
            gated()
                ? map().executeOnKey(key, new ByteChange(Kind.REMOVE_IF, before, null)) != null
                : map().remove(key, before));
  }

  @Override
  public Set<String> removeAllIf(Map<String, byte[]> before) {
    return node.call(
        () -> {
          if (many(before.size())) {
            return change(BulkChange.Kind.REMOVE_IF, before).keySet();
          }
          return ByteMap.super.removeAllIf(before);
        });
  }

  @Override
  public boolean replace(String key, byte[] before, byte[] after) {
    return node.call(() -> replaceHere(key, before, after));
  }

  @Override
  public int parts() {
    return Partitions.of(node.member()).count();
  }

  @Override
  public Set<String> keys(int part) {
    return node.call(() -> Partitions.of(node.member()).keys(map(), part));
  }
}
