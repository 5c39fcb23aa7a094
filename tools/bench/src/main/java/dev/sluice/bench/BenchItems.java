package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Item i of a prefix is always the same JSON, so an enqueue can be repeated.
 *
 * <p>Priorities 1 to 5 are mixed, so that hand-out and enqueue differ in order. The server sets
 * {@code queuedAt}.
 */
final class BenchItems {

  static final int MAX = 100_000_000;

  private static final int DIGITS = 8;
  private static final byte[] FILLING =
      "Reproduce the failure, find its cause, mend it, and add the test that was missing. "
          .getBytes(StandardCharsets.US_ASCII);

  private final String prefix;
  private final String projectPrefix;
  private final int projects;
  private final int itemBytes;

  /** The prefixes need no escaping; {@code itemBytes} may be exceeded by the fixed members. */
  BenchItems(String prefix, String projectPrefix, int projects, int itemBytes) {
    this.prefix = prefix;
    this.projectPrefix = projectPrefix;
    this.projects = projects;
    this.itemBytes = itemBytes;
  }

  String id(int number) {
    String digits = Integer.toString(number);
    return prefix + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** Returns -1 for another prefix. */
  int number(String sessionId) {
    if (sessionId.length() != prefix.length() + DIGITS || !sessionId.startsWith(prefix)) {
      return -1;
    }
    int number = 0;
    for (int i = prefix.length(); i < sessionId.length(); i++) {
      char c = sessionId.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  List<String> projectNames() {
    return IntStream.range(0, projects).mapToObj(i -> projectPrefix + i).toList();
  }

  static int priority(int number) {
    return 1 + Integer.remainderUnsigned((number * 0x9E3779B9) >>> 7, 5);
  }

  /** Excludes {@code to}. */
  byte[] batch(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream((to - from) * (itemBytes + 16) + 16);
    write(out, "{\"items\":[");
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.write(',');
      }
      item(out, i);
    }
    write(out, "]}");
    return out.toByteArray();
  }

  private void item(ByteArrayOutputStream out, int number) {
    int start = out.size();
    write(out, "{\"sessionId\":\"" + id(number) + "\",\"projectName\":\"" + projectPrefix);
    write(out, number % projects + "\",\"priority\":" + priority(number));
    write(out, ",\"workType\":\"development\",\"prompt\":\"");
    int filling = Math.max(1, itemBytes - 2 - (out.size() - start));
    for (int done = 0; done < filling; done += FILLING.length) {
      out.write(FILLING, 0, Math.min(FILLING.length, filling - done));
    }
    write(out, "\"}");
  }

  private static void write(ByteArrayOutputStream out, String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
  }
}
