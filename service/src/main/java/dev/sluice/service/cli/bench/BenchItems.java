package dev.sluice.service.cli.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The work that the tool makes: item number i of a prefix is always the same JSON, so that a
 * repeated enqueue is the same enqueue.
 *
 * <p>Priorities 1 to 5 are mixed over the numbers, for an order of hand-out that differs from the
 * order of enqueue. {@code queuedAt} is left to the server.
 */
final class BenchItems {

  /** Most items of one prefix. */
  static final int MAX = 100_000_000;

  private static final int DIGITS = 8;
  private static final byte[] FILLING =
      "Reproduce the failure, find its cause, mend it, and add the test that was missing. "
          .getBytes(StandardCharsets.US_ASCII);

  private final String prefix;
  private final String projectPrefix;
  private final int projects;
  private final int itemBytes;

  /**
   * @param prefix of session ids, in characters that JSON and paths take as they are
   * @param projectPrefix of the projects' names, likewise
   * @param projects over how many projects the items are spread
   * @param itemBytes how long an item's JSON is made, unless its fixed members are longer
   */
  BenchItems(String prefix, String projectPrefix, int projects, int itemBytes) {
    this.prefix = prefix;
    this.projectPrefix = projectPrefix;
    this.projects = projects;
    this.itemBytes = itemBytes;
  }

  /** The session id of an item. */
  String id(int number) {
    String digits = Integer.toString(number);
    return prefix + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** The number behind a session id; -1 if it isn't of this prefix. */
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

  /** The names of all projects that items are enqueued for. */
  List<String> projectNames() {
    return IntStream.range(0, projects).mapToObj(i -> projectPrefix + i).toList();
  }

  /** The priority of an item, 1 to 5. */
  static int priority(int number) {
    return 1 + Integer.remainderUnsigned((number * 0x9E3779B9) >>> 7, 5);
  }

  /** The request body that enqueues items {@code from} to {@code to - 1}. */
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
