package dev.sluice.service.http.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value sent in place of another.
 *
 * @param label names it in reports
 * @param finite true if a double can hold each of its numbers
 * @param parsed null if no JSON reader should accept it
 */
record BadInputValue(String label, String json, boolean finite, @Nullable JsonNode parsed) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Leaves the field out. */
  static final BadInputValue ABSENT = new BadInputValue("absent", "", true, null);

  /** Sent in each field of each call. */
  static final List<BadInputValue> ALL = all();

  private static List<BadInputValue> all() {
    List<BadInputValue> all = new ArrayList<>();
    for (String json :
        List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "5",
            "-1",
            "1.5",
            "3.0",
            "0.25",
            "1e0",
            "1E2",
            "-1e-3",
            "2147483648",
            "4294967297",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1e308",
            "\"\"",
            "\" \"",
            "\"5\"",
            "\"true\"",
            "\"null\"",
            "\"text\"",
            "\"a/b\\\\c%2F%25?d=e;f#g&h+i\"",
            "\"..\"",
            "\"<script>alert('1')</script>&amp;\\\"\"",
            "\"tab\\tand\\nline\"",
            "\"crlf\\r\\nX-Injected: yes\"",
            "\"nul\\u0000byte\"",
            "\"bell\\u0007\"",
            "\"delete\\u007f\"",
            "\"c1\\u0085\"",
            "\"lone \\ud800 high\"",
            "\"lone \\udc00 low\"",
            "\"\\udc00\\ud800\"",
            "\"ends \\ud83d\"",
            "\"astral \\ud83d\\ude00\"",
            "\"astral \ud83d\ude00 raw\"",
            "\"\u00e9\u4e2d\u2028\u202e\ufeff\uffff\"",
            "\"\\u002f\\/\"",
            "[]",
            "[\"a\"]",
            "[\"a\",\"\"]",
            "[1]",
            "[null]",
            "[[]]",
            "[{}]",
            "[\"nul\\u0000\"]",
            "[\"\\ud800\"]",
            "{}",
            "{\"a\":1}",
            "{\"a\":\"b\"}",
            "{\"\\u0000\":{\"\":[1.50, 1e3]}}",
            "{\"vCpu\":1.5}",
            "{\"vCpu\":2,\"memoryMb\":4096}")) {
      all.add(of(json, json));
    }
    all.add(of("a text of 256 bytes", text("b", 256)));
    all.add(of("a text of 257 bytes", text("c", 257)));
    all.add(of("a text of 300 bytes in 150 characters", text("\u00e9", 150)));
    all.add(of("a text of 5,000 characters", text("d", 5_000)));
    all.add(of("a text of 70,000 characters", text("e", 70_000)));
    all.add(of("a text of 300,000 characters", text("f", 300_000)));
    all.add(of("17 names", names(17)));
    all.add(of("1,001 names", names(1_001)));
    all.add(of("200 digits", "7".repeat(200)));
    all.add(new BadInputValue("1e400", "1e400", false, null));
    all.add(new BadInputValue("-1e400 inside", "{\"a\":[-1e400]}", false, null));
    all.add(new BadInputValue("an exponent beyond an int", "1e99999999999", false, null));
    all.add(new BadInputValue("a tiny one", "1e-99999999999", false, null));
    all.add(new BadInputValue("400 digits", "8".repeat(400), false, null));
    all.add(new BadInputValue("2,000 digits", "9".repeat(2_000), false, null));
    all.add(new BadInputValue("80 brackets", "[".repeat(80) + "]".repeat(80), true, null));
    all.add(new BadInputValue("2,000 brackets", "[".repeat(2_000) + "]".repeat(2_000), true, null));
    return List.copyOf(all);
  }

  /** True if every reader should refuse it: an excessive number or depth. */
  boolean excessive() {
    return label.startsWith("2,000");
  }

  boolean isNull() {
    return json.equals("null");
  }

  /** The value of a text; null for other types. */
  @Nullable String text() {
    return parsed == null ? null : parsed.textValue();
  }

  /** The whole number; null for fractions, exponents and other types. */
  @Nullable BigInteger integer() {
    return json.matches("-?\\d+") && !excessive() ? new BigInteger(json) : null;
  }

  boolean isNumber() {
    return json.matches("-?\\d.*");
  }

  boolean isObject() {
    return json.startsWith("{");
  }

  boolean isArray() {
    return json.startsWith("[");
  }

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.getBytes(StandardCharsets.UTF_8).length <= 256
        && wellFormed(text)
        && text.chars().noneMatch(c -> c < 0x20 || c >= 0x7f && c < 0xa0);
  }

  static boolean wellFormed(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
  }

  private static BadInputValue of(String label, String json) {
    try {
      return new BadInputValue(label, json, true, MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(label, e);
    }
  }

  private static String text(String character, int count) {
    return '"' + character.repeat(count) + '"';
  }

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
