package dev.sluice.backend.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.engine.records.SweepingNodes;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SweepingNodesTest {

  private static final long GAP = 18_000;

  @Test
  void claims_before_a_node_started_may_be_lost() {
    SweepingNodes nodes = SweepingNodes.NONE.sweptBy("a", 1_000, GAP).sweptBy("a", 2_000, GAP);

    assertThat(nodes.delivered(1_000)).isFalse();
    assertThat(nodes.delivered(1_001)).isTrue();
    assertThat(nodes.sweptBy("b", 2_500, GAP).sweptBy("a", 3_000, GAP).delivered(2_400)).isFalse();
  }

  @Test
  void claims_since_a_nodes_last_sweep_may_be_lost() {
    SweepingNodes nodes =
        SweepingNodes.NONE
            .sweptBy("a", 1_000, GAP)
            .sweptBy("b", 1_000, GAP)
            .sweptBy("b", 5_000, GAP)
            .sweptBy("a", 9_000, GAP);

    assertThat(nodes.delivered(4_999)).isTrue();
    assertThat(nodes.delivered(5_000)).isFalse();
  }

  @Test
  void claims_before_a_node_stopped_may_be_lost() {
    SweepingNodes nodes = SweepingNodes.NONE.sweptBy("b", 0, GAP).sweptBy("a", 0, GAP);
    for (long now = 500; now <= GAP + 1_000; now += 500) {
      nodes = nodes.sweptBy("a", now, GAP);
    }

    assertThat(nodes.sweptAtMs()).containsOnlyKeys("a");
    assertThat(nodes.delivered(GAP)).isFalse();
    assertThat(nodes.delivered(GAP + 501)).isTrue();
  }
}
