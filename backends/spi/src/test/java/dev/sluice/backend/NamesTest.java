package dev.sluice.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {

  private static final String ROCKET = "\ud83d\ude80";

  static Stream<String> goodNames() {
    return Stream.of(
        "a",
        " ",
        "with space",
        "caf\u00e9",
        "\u00a0",
        "\u0378", // not assigned
        "\uffff", // no character, but well-formed
        "\ud7ff\ue000",
        ROCKET,
        "\udbff\udfff",
        "x".repeat(256),
        "\u00e9".repeat(128),
        "\uff61".repeat(85) + "x",
        ROCKET.repeat(64));
  }

  @ParameterizedTest
  @MethodSource("goodNames")
  void goodName(String name) {
    assertThat(Names.problem(name)).isNull();
  }

  static Stream<Arguments> badNames() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("\0", "control characters"),
        Arguments.of("a\nb", "control characters"),
        Arguments.of("tab\t", "control characters"),
        Arguments.of("\u007f", "control characters"),
        Arguments.of("\u0085", "control characters"),
        Arguments.of("\u009f", "control characters"),
        Arguments.of("\ud83d", "lone surrogate"),
        Arguments.of("\ude80", "lone surrogate"),
        Arguments.of("\ude80\ud83d", "lone surrogate"),
        Arguments.of("a\ud83db", "lone surrogate"),
        Arguments.of(ROCKET + "\ud83d", "lone surrogate"),
        Arguments.of("x".repeat(257), "256 bytes"),
        Arguments.of("\u00e9".repeat(128) + "x", "256 bytes"),
        Arguments.of("\uff61".repeat(86), "256 bytes"),
        Arguments.of(ROCKET.repeat(64) + "x", "256 bytes"));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void badName(String name, String reason) {
    assertThat(Names.problem(name)).contains(reason);
  }

  @Test
  void theLimitIsThatOfRealUtf8() {
    Random random = new Random(3);
    for (int n = 0; n < 2_000; n++) {
      String name = randomText(random, 60 + random.nextInt(100)).replaceAll("\\p{Cc}", "x");
      boolean fits = utf8(name).length <= Names.MAX_BYTES;
      assertThat(Names.problem(name) == null).as(name).isEqualTo(fits);
    }
  }

  @Test
  void theOrderIsThatOfRealUtf8() {
    Random random = new Random(5);
    for (int n = 0; n < 20_000; n++) {
      String a = randomText(random, random.nextInt(4));
      String b = random.nextInt(4) == 0 ? a + randomText(random, 1) : randomText(random, 3);
      int expected = Integer.signum(Arrays.compareUnsigned(utf8(a), utf8(b)));
      assertThat(Integer.signum(Names.compareBytes(a, b))).as("%s / %s", a, b).isEqualTo(expected);
    }
  }

  @Test
  void theOrderAtTheBordersOfUtf16() {
    String[] inOrder = {
      "",
      "a",
      "a\0",
      "aa",
      "b",
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\uff61",
      "\uffff",
      "\ud800\udc00",
      ROCKET,
      "\ud83d\ude81",
      "\udbff\udfff"
    };
    for (int i = 0; i < inOrder.length; i++) {
      for (int j = 0; j < inOrder.length; j++) {
        assertThat(Integer.signum(Names.compareBytes(inOrder[i], inOrder[j])))
            .as("%s and %s", i, j)
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  /** Well-formed text that is dense around the borders of UTF-8 lengths and of surrogates. */
  private static String randomText(Random random, int length) {
    int[] borders = {0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7fe, 0xe000, 0xff61, 0xfffe, 0x10000};
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < length; n++) {
      int point = borders[random.nextInt(borders.length)] + random.nextInt(2);
      if (random.nextInt(4) == 0) {
        point = 0x10000 + random.nextInt(0x100000);
      }
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
