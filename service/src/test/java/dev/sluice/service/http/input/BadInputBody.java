package dev.sluice.service.http.input;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A body that is wrong as a whole.
 *
 * @param label names it in reports
 * @param field named by the error
 */
record BadInputBody(String label, byte[] bytes, String field) {

  static List<BadInputBody> all() {
    List<BadInputBody> all = new ArrayList<>();
    for (String malformed :
        List.of(
            "{",
            "}",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":\"b",
            "{\"a\":1,}",
            "{,}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":0x10}",
            "{\"a\":1e}",
            "{\"a\":NaN}",
            "{\"a\":-Infinity}",
            "{\"a\":tru}",
            "{\"a\":undefined}",
            "{\"a\":\"\n\"}",
            "{\"a\":\"\u0000\"}",
            "{\"a\":\"\\x41\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":1} x",
            "{} {}",
            "{}]",
            "{/* a */}",
            "// a\n{}",
            "[]",
            "[{}]",
            "[[{\"a\":1}]]",
            "\"{}\"",
            "5",
            "null",
            "true",
            "<a/>",
            "a=b&c=d")) {
      all.add(new BadInputBody(malformed, utf8(malformed), "body"));
    }
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32")) {
      all.add(
          new BadInputBody(
              charset, "{\"hostname\":\"h\"}".getBytes(Charset.forName(charset)), "body"));
    }
    all.add(new BadInputBody("a byte order mark", utf8("\ufeff{}"), "body"));
    all.add(new BadInputBody("no UTF-8", inText(0xff), "body"));
    all.add(new BadInputBody("a slash in two bytes", inText(0xc0, 0xaf), "body"));
    all.add(new BadInputBody("half a pair in UTF-8", inText(0xed, 0xa0, 0x80), "body"));
    all.add(new BadInputBody("a character cut off", inText(0xf0, 0x9f, 0x98), "body"));
    all.add(new BadInputBody("no UTF-8 in a name", inName(0xe9), "body"));
    int deep = 100_000;
    all.add(new BadInputBody("opening brackets", utf8("[".repeat(deep)), "body"));
    all.add(new BadInputBody("opening objects", utf8("{\"a\":".repeat(deep)), "body"));
    all.add(
        new BadInputBody(
            "brackets", utf8("{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + "}"), "body"));
    all.add(
        new BadInputBody("a name of 60,000", utf8("{\"" + "n".repeat(60_000) + "\":1}"), "body"));
    all.add(new BadInputBody("a name twice", utf8("{\"a\":1,\"b\":2,\"a\":3}"), "a"));
    all.add(new BadInputBody("a name twice, escaped", utf8("{\"a\":1,\"\\u0061\":2}"), "a"));
    all.add(
        new BadInputBody(
            "a name twice, deep",
            utf8("{\"x\":[1,{\"y\":{\"b\":1,\"c\":[],\"b\":{}}}]}"),
            "x[1].y.b"));
    all.add(new BadInputBody("half a pair twice", utf8("{\"\\ud800\":1,\"\\ud800\":2}"), "body"));
    all.add(
        new BadInputBody(
            "an injection twice", utf8("{\"\\r\\nA: b\":1,\"\\r\\nA: b\":2}"), "\r\nA: b"));
    String longName = "n".repeat(40_000);
    all.add(
        new BadInputBody(
            "a long name twice",
            utf8("{\"" + longName + "\":1,\"" + longName + "\":2}"),
            longName.substring(0, 256) + "..."));
    return all;
  }

  /** Different names with equal hashes in Java's strings and Jackson's tables. */
  static String collidingNames() {
    StringBuilder names = new StringBuilder("{\"prompt\":\"p\"");
    for (List<String> alike : List.of(List.of("Aa", "BB"), List.of("Ab", "BA"))) {
      for (int i = 0; i < 4_096; i++) {
        names.append(",\"");
        for (int bit = 0; bit < 12; bit++) {
          names.append(alike.get(i >> bit & 1));
        }
        names.append("\":0");
      }
    }
    return names.append('}').toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] inText(int... bytes) {
    return around("{\"hostname\":\"", "\"}", bytes);
  }

  private static byte[] inName(int... bytes) {
    return around("{\"", "\":1}", bytes);
  }

  private static byte[] around(String before, String behind, int... bytes) {
    StringBuilder latin = new StringBuilder(before);
    for (int b : bytes) {
      latin.append((char) b);
    }
    return latin.append(behind).toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return label;
  }
}
