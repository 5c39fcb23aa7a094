package dev.sluice.backend.hazelcast;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.BackendUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator whether all members and copies are there. */
final class ClusterHealth {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterHealth.class);
  private static final int REMIND_SECONDS = 10;

  /** Key in the user context. */
  static final String SIZE = "sluice.cluster-size";

  private ClusterHealth() {}

  /** Returns once they are there and know their partitions. */
  static void awaitMembers(HazelcastInstance member, int atLeast) {
    awaitSize(member, atLeast);
    Partitions.of(member).awaitHolders(member.getMap(MemberConfig.REGISTRY));
  }

  private static void awaitSize(HazelcastInstance member, int atLeast) {
    CountDownLatch there = new CountDownLatch(1);
    Runnable look =
        () -> {
          if (member.getCluster().getMembers().size() >= atLeast) {
            there.countDown();
          }
        };
    UUID registration =
        member
            .getCluster()
            .addMembershipListener(
                new MembershipListener() {
                  @Override
                  public void memberAdded(MembershipEvent event) {
                    look.run();
                  }

                  @Override
                  public void memberRemoved(MembershipEvent event) {
                    // fewer members never help
                  }
                });
    try {
      look.run();
      while (!there.await(REMIND_SECONDS, TimeUnit.SECONDS)) {
        LOG.info("waiting for other members: {} must be there before any serves", atLeast);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendUnavailableException("interrupted while waiting for members", false, e);
    } finally {
      member.getCluster().removeMembershipListener(registration);
    }
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
