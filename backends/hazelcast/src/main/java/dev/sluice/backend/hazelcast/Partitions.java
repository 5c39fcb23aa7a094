package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.query.Predicates;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks by partitions, which Hazelcast names by any of their keys. */
final class Partitions {

  private final PartitionService service;
  private final Integer[] keys;

  private Partitions(HazelcastInstance member) {
    service = member.getPartitionService();
    keys = new Integer[service.getPartitions().size()];
    int missing = keys.length;
    for (int key = 0; missing > 0; key++) {
      int partition = service.getPartition(key).getPartitionId();
      if (keys[partition] == null) {
        keys[partition] = key;
        missing--;
      }
    }
  }

  static Partitions of(HazelcastInstance member) {
    return HazelcastMember.shared(member, Partitions.class, () -> new Partitions(member));
  }

  /**
   * Waits until each member answers for the partitions it holds. A member that doesn't know them
   * yet drops copies, and the first writes of a new cluster would wait for them in vain.
   */
  void awaitHolders(IMap<Object, byte[]> map) {
    Arrays.stream(keys)
        .map(map::getAsync)
        .toList()
        .forEach(answer -> answer.toCompletableFuture().join());
  }

  int count() {
    return keys.length;
  }

  Set<String> keys(IMap<String, byte[]> map, int partition) {
    return map.keySet(Predicates.partitionPredicate(keys[partition], Predicates.alwaysTrue()));
  }

  /** Sets of all keys of so many partitions each. */
  List<Set<String>> groups(Collection<String> all, int partitions) {
    Map<Integer, Set<String>> groups = new HashMap<>();
    for (String key : all) {
      int group = partitionOf(key) / partitions;
      groups.computeIfAbsent(group, any -> new HashSet<>()).add(key);
    }
    return List.copyOf(groups.values());
  }

  /** A key of each partition that has any. */
  List<String> oneOfEach(Collection<String> all) {
    Map<Integer, String> one = new HashMap<>();
    all.forEach(key -> one.putIfAbsent(partitionOf(key), key));
    return List.copyOf(one.values());
  }

  private int partitionOf(String key) {
    return service.getPartition(key).getPartitionId();
  }
}
