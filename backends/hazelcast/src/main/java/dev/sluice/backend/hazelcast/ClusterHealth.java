package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;

/** Tells an operator whether all members and copies are there. */
final class ClusterHealth {

  /** Key in the user context. */
  static final String SIZE = "sluice.cluster-size";

  private ClusterHealth() {}

  /** Returns once all members answer for their partitions. */
  static void awaitHolders(HazelcastInstance member) {
    Partitions.of(member).awaitHolders(member.getMap(MemberConfig.REGISTRY));
  }

  /** Returns none for a single member. */
  static List<String> warnings(HazelcastInstance member) {
    Object expected = member.getUserContext().get(SIZE);
    if (!(expected instanceof Integer size)) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    int there = member.getCluster().getMembers().size();
    if (there < size) {
      warnings.add(there + " of " + size + " members are there");
    }
    if (!member.getPartitionService().isClusterSafe()) {
      warnings.add("not everything has its second copy yet: stop no other member");
    }
    return warnings;
  }
}
