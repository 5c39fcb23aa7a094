package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.tck.Fixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Layouts". */
abstract class NodeCases extends Fixture {

  @Test
  void a_node_is_listed_with_its_release_and_the_layout_in_force() {
    StoreNodes found = upkeep().nodes();

    assertThat(found.layout()).isPositive();
    assertThat(found.nodes())
        .anySatisfy(
            node -> {
              assertThat(node.name()).isNotBlank();
              assertThat(node.release()).isEqualTo(NodeInfo.RELEASE);
              assertThat(node.layout()).isEqualTo(found.layout());
              assertThat(node.lastSeenMs()).isEqualTo(clock.now());
            });
    assertThat(found.nodes()).extracting(NodeInfo::name).doesNotHaveDuplicates();
  }

  @Test
  void a_node_that_goes_on_keeps_its_name() {
    String name = own().name();

    clock.jump(Duration.ofMinutes(5));
    upkeep().sweep();

    assertThat(own().name()).isEqualTo(name);
    assertThat(own().lastSeenMs()).isEqualTo(clock.now());
  }

  private NodeInfo own() {
    return upkeep().nodes().nodes().stream()
        .filter(node -> node.lastSeenMs() == clock.now())
        .findFirst()
        .orElseThrow();
  }
}
