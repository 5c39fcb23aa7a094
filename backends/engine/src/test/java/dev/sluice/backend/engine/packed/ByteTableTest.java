package dev.sluice.backend.engine.packed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ByteTableTest {

  private final ByteTable table = new ByteTable();
  private final Map<String, String> expected = new HashMap<>();

  @Test
  void an_empty_table_has_no_entries() {
    assertThat(table.size()).isZero();
    assertThat(table.get(bytes("a"))).isNull();
    assertThat(table.remove(bytes("a"))).isFalse();
  }

  @Test
  void keys_and_values_may_be_empty() {
    table.put(new byte[0], new byte[0]);

    assertThat(table.get(new byte[0])).isEmpty();
    assertThat(table.remove(new byte[0])).isTrue();
    assertThat(table.get(new byte[0])).isNull();
  }

  @Test
  void a_value_may_be_larger_than_a_chunk() {
    byte[] large = new byte[3_000_000];
    large[2_999_999] = 7;
    table.put(bytes("large"), large);
    table.put(bytes("small"), bytes("s"));

    assertThat(table.get(bytes("large"))).isEqualTo(large);
    assertThat(table.remove(bytes("large"))).isTrue();
    assertThat(table.get(bytes("small"))).isEqualTo(bytes("s"));
  }

  /** Few keys make many replacements; many removals leave sparse chunks. */
  @ParameterizedTest
  @CsvSource({"20000, 30, 40", "20000, 55, 900", "300, 45, 9000", "40, 50, 40000", "5, 70, 100"})
  void behaves_like_a_map(int keys, int removalsInHundred, int longest) {
    Random random = new Random(keys + removalsInHundred);
    for (int phase = 0; phase < 6; phase++) {
      int removals = phase % 2 == 0 ? removalsInHundred : 100 - removalsInHundred;
      for (int i = 0; i < 5_000; i++) {
        change(random, "key-" + random.nextInt(keys), removals, longest);
      }
      assertThat(contents()).isEqualTo(expected);
      assertThat(table.size()).isEqualTo(expected.size());
    }
    for (String key : Map.copyOf(expected).keySet()) {
      assertThat(table.remove(bytes(key))).isTrue();
    }
    assertThat(contents()).isEmpty();
  }

  /** Old entries among many short-lived ones. */
  @Test
  void deleted_entries_give_their_bytes_back() {
    for (int i = 0; i < 300_000; i++) {
      table.put(bytes("key-" + i), new byte[100]);
      if (i >= 1_000) {
        table.remove(bytes("key-" + (i - 1_000 + i % 10)));
      }
    }

    assertThat(table.allocatedBytes()).isLessThan(3L * table.size() * 110 + (1 << 17));
  }

  private void change(Random random, String key, int removals, int longest) {
    if (random.nextInt(100) < removals) {
      assertThat(table.remove(bytes(key))).isEqualTo(expected.remove(key) != null);
    } else {
      byte[] value = new byte[random.nextInt(10) == 0 ? random.nextInt(longest) : 20];
      random.nextBytes(value);
      table.put(bytes(key), value);
      expected.put(key, HexFormat.of().formatHex(value));
    }
    byte[] found = table.get(bytes(key));
    assertThat(found == null ? null : HexFormat.of().formatHex(found)).isEqualTo(expected.get(key));
  }

  private Map<String, String> contents() {
    Map<String, String> all = new HashMap<>();
    table.each((key, value) -> all.put(new String(key, UTF_8), HexFormat.of().formatHex(value)));
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
