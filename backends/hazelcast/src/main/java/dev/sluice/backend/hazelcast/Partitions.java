package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.query.Predicates;
import java.util.Set;

/** Walks by partitions, which Hazelcast names by any of their keys. */
final class Partitions {

  private final Integer[] keys;

  private Partitions(HazelcastInstance member) {
    PartitionService service = member.getPartitionService();
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

  int count() {
    return keys.length;
  }

  Set<String> keys(IMap<String, byte[]> map, int partition) {
    return map.keySet(Predicates.partitionPredicate(keys[partition], Predicates.alwaysTrue()));
  }
}
