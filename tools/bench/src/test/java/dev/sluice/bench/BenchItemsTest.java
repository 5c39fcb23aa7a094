package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchItemsTest {

  private final BenchItems items = new BenchItems("run7-", "run7-p", 3, 500);

  @Test
  void idsAndNumbersGoBothWays() {
    assertThat(items.id(0)).isEqualTo("run7-00000000");
    assertThat(items.id(99_999_999)).isEqualTo("run7-99999999");
    assertThat(items.number("run7-00004711")).isEqualTo(4711);
    assertThat(items.number("run7-w00004711")).isEqualTo(-1);
    assertThat(items.number("run8-00004711")).isEqualTo(-1);
  }

  @Test
  void aBatchIsJsonWithItemsOfTheLengthAskedFor() throws Exception {
    byte[] batch = items.batch(10, 14);
    JsonNode array = new ObjectMapper().readTree(batch).get("items");

    assertThat(array).hasSize(4);
    for (int i = 0; i < 4; i++) {
      JsonNode item = array.get(i);
      assertThat(item.get("sessionId").asText()).isEqualTo(items.id(10 + i));
      assertThat(items.projectNames()).contains(item.get("projectName").asText());
      assertThat(item.get("priority").asInt()).isBetween(1, 5);
      assertThat(item.get("prompt").asText()).isNotBlank();
      assertThat(item.toString()).hasSize(500);
    }
    assertThat(batch).hasSize("{\"items\":[]}".length() + 4 * 500 + 3);
  }

  @Test
  void theSameNumberIsAlwaysTheSameItem() {
    assertThat(items.batch(0, 50)).isEqualTo(items.batch(0, 50));
  }

  @Test
  void anItemIsNeverShorterThanItsFixedMembers() throws Exception {
    byte[] batch = new BenchItems("s", "p", 1, 0).batch(0, 1);
    JsonNode item = new ObjectMapper().readTree(batch).get("items").get(0);
    assertThat(item.get("prompt").asText()).hasSize(1);
    assertThat(new String(batch, StandardCharsets.UTF_8)).endsWith("\"}]}");
  }

  @Test
  void prioritiesAreMixed() {
    long[] counts = new long[6];
    IntStream.range(0, 10_000).forEach(i -> counts[BenchItems.priority(i)]++);
    for (int priority = 1; priority <= 5; priority++) {
      assertThat(counts[priority]).isBetween(1_500L, 2_500L);
    }
  }
}
