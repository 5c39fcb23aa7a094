package dev.sluice.backend.hazelcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster under load on hosts of its own. {@code target/cluster-faults} has the history of each
 * sequence that failed, and the logs of the members.
 */
@Timeout(600)
class ClusterFaultsIT {

  private static NetworkHosts hosts;

  @BeforeAll
  static void startHosts() {
    hosts = NetworkHosts.start(3);
  }

  @AfterAll
  static void removeHosts() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @Nested
  class OfThree {

    private static FaultyCluster cluster;

    @BeforeAll
    static void startMembers() {
      cluster = FaultyCluster.of(hosts, 3);
    }

    @AfterAll
    static void endMembers() {
      cluster.close();
    }

    @Test
    void nothingFails() throws Exception {
      run(cluster, "no fault", List.of(new Step.Work(50)));
    }
  }

  private static void run(FaultyCluster cluster, String title, List<Step> steps)
      throws InterruptedException {
    Sequence.Result result = new Sequence(cluster, title, steps).run();
    System.out.println(result.summary());
    assertThat(result.violations()).as(result.summary()).isEmpty();
  }
}
