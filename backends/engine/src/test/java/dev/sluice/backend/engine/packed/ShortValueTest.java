package dev.sluice.backend.engine.packed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShortValueTest {

  private static final byte[] KEY = bytes("org\u0001session-17\u0001name");

  @Test
  void mentions_are_left_out() {
    byte[] value =
        bytes("{\"id\":\"session-17\",\"issue\":\"session-17\",\"other\":\"session-1\"}");

    byte[] packed = ShortValue.pack(KEY, value);

    assertThat(packed).hasSize(value.length - 2 * ("session-17".length() - 2) + 1);
    assertThat(ShortValue.unpack(KEY, packed)).isEqualTo(value);
  }

  @Test
  void a_long_value_may_mention_it_often() {
    byte[] value = bytes("session-17, ".repeat(100_000));

    assertThat(ShortValue.unpack(KEY, ShortValue.pack(KEY, value))).isEqualTo(value);
  }

  /** A short alphabet makes overlapping mentions; damaged values may have any bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "o\1a\1n",
        "o\1aa\1n",
        "o\1aba\1n",
        "o\1a\1b\1n",
        "o\1n",
        "\1\1",
        "o\1\u00e4\1n",
        "",
        "a"
      })
  void any_value_comes_back(String key) {
    Random random = new Random(key.hashCode());
    byte[] alphabet = {'a', 'b', 0, 1, (byte) 0xFF};
    for (int i = 0; i < 20_000; i++) {
      byte[] value = new byte[random.nextInt(12)];
      for (int at = 0; at < value.length; at++) {
        value[at] = alphabet[random.nextInt(alphabet.length)];
      }

      assertThat(ShortValue.unpack(bytes(key), ShortValue.pack(bytes(key), value)))
          .isEqualTo(value);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
