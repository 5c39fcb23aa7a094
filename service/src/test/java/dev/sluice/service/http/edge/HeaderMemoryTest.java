package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class HeaderMemoryTest {

  private final HeaderMemory memory = new HeaderMemory(800);

  @Test
  void anAddressHasAnEighthOfIt() {
    assertThat(memory.take("10.0.0.1", 60)).isTrue();
    assertThat(memory.take("10.0.0.1", 41)).isFalse();
    assertThat(memory.take("10.0.0.1", 40)).isTrue();
    assertThat(memory.take("10.0.0.2", 100)).isTrue();
    memory.release("10.0.0.1", 1);
    assertThat(memory.take("10.0.0.1", 2)).isFalse();
    assertThat(memory.take("10.0.0.1", 1)).isTrue();
  }

  @Test
  void allAddressesHaveItTogether() {
    for (int i = 0; i < 10; i++) {
      assertThat(memory.take("10.0.0." + i, 80)).isTrue();
    }
    assertThat(memory.take("10.0.0.10", 1)).isFalse();
    memory.release("10.0.0.3", 80);
    assertThat(memory.take("10.0.0.10", 80)).isTrue();
  }

  @Test
  void aFieldCostsMoreThanItsBytes() {
    HttpFields.Mutable header = HttpFields.build();
    int empty = HeaderMemory.cost(header);
    for (int i = 0; i < 100; i++) {
      header.add("X", "");
    }
    assertThat(HeaderMemory.cost(header) - empty).isEqualTo(100 * (128 + 2));
  }
}
