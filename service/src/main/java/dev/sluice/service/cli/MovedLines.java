package dev.sluice.service.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.transfer.ExportHeader;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The records of two exports, compared one by one in any order. Each is kept as 16 bytes of a hash,
 * so millions fit.
 */
final class MovedLines {

  private static final String END = "end";
  private static final String FAILED = "failed";

  /** They are not compared: the counters of the target may be larger. */
  private static final Set<String> OTHER = Set.of(ExportHeader.TYPE, "numbers", END);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHOWN = 5;

  private record Hash(long high, long low) {}

  private final MessageDigest sha;
  private final Map<Hash, Integer> sought = new HashMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> others = new ArrayList<>();

  /** The source's sessions have no subject: the target made it from the item. */
  private boolean withoutSubjects;

  MovedLines() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Each {
    void line(byte[] line) throws IOException;
  }

  /** Passes the lines of the source on and remembers its records. */
  InputStream remember(InputStream lines) {
    return new Lines(lines, this::remember);
  }

  /** Reads the lines of the target to their end. */
  void compare(InputStream lines) throws IOException {
    try (InputStream all = new Lines(lines, this::find)) {
      all.transferTo(OutputStream.nullOutputStream());
    }
  }

  long records() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The source's records by type, for people. */
  String words() {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Empty if the target has each record of the source, and no other but its own keys and lines. */
  String differences() {
    int missing = sought.values().stream().mapToInt(Integer::intValue).sum();
    if (missing == 0 && others.isEmpty()) {
      return "";
    }
    return missing
        + " records of the source are not at the target as they were; the target has others: "
        + (others.isEmpty() ? "none" : String.join(", ", others));
  }

  private void remember(byte[] line) throws IOException {
    String type = type(line);
    if (type.equals(ExportHeader.TYPE)) {
      withoutSubjects = MAPPER.readTree(line).path("format").asInt() == ExportHeader.OLDEST;
    }
    if (!OTHER.contains(type)) {
      counts.merge(type, 1L, Long::sum);
      sought.merge(hash(type, line), 1, Integer::sum);
    }
  }

  private void find(byte[] line) throws IOException {
    String type = type(line);
    if (OTHER.contains(type)) {
      return;
    }
    Hash hash = hash(type, line);
    boolean own = type.equals("key") || type.equals("audit");
    if (sought.containsKey(hash)) {
      sought.computeIfPresent(hash, (found, times) -> times == 1 ? null : times - 1);
    } else if (!own && others.size() < SHOWN) {
      others.add(type + " " + id(line));
    }
  }

  /** Each line begins with its type. */
  private static String type(byte[] line) {
    int from = "{\"type\":\"".length();
    int to = from;
    while (to < line.length && line[to] != '"') {
      to++;
    }
    return new String(line, Math.min(from, line.length), Math.max(0, to - from), US_ASCII);
  }

  /** A key is the same whatever the org is called. */
  private Hash hash(String type, byte[] line) throws IOException {
    byte[] text = line;
    if (type.equals("key")) {
      text = MAPPER.readTree(line).path("hash").asText().getBytes(UTF_8);
    } else if (type.equals("session") && withoutSubjects) {
      ObjectNode session = (ObjectNode) MAPPER.readTree(line);
      text = MAPPER.writeValueAsBytes(session.without("subject"));
    }
    ByteBuffer hash = ByteBuffer.wrap(sha.digest(text));
    return new Hash(hash.getLong(), hash.getLong());
  }

  private static String id(byte[] line) throws IOException {
    JsonNode record = MAPPER.readTree(line);
    return record
        .path(record.has("id") ? "id" : record.has("name") ? "name" : "sessionId")
        .asText();
  }

  /** Fails at an end that is not that of an export. */
  private static final class Lines extends FilterInputStream {

    private final Each each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean whole;

    Lines(InputStream in, Each each) {
      super(in);
      this.each = each;
    }

    @Override
    public int read(byte[] to, int at, int most) throws IOException {
      int read = super.read(to, at, most);
      if (read < 0 && !whole) {
        throw new IOException("an export broke off: the store of a server didn't answer");
      }
      int from = at;
      for (int i = at; i < at + read; i++) {
        if (to[i] == '\n') {
          line.write(to, from, i - from);
          byte[] all = line.toByteArray();
          requireNoFailure(all);
          each.line(all);
          whole = type(all).equals(END);
          line.reset();
          from = i + 1;
        }
      }
      if (read > 0) {
        line.write(to, from, at + read - from);
      }
      return read;
    }

    private static void requireNoFailure(byte[] line) throws IOException {
      if (type(line).equals(FAILED)) {
        throw new IOException(
            "an export broke off: " + MAPPER.readTree(line).path("reason").asText());
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
  }
}
