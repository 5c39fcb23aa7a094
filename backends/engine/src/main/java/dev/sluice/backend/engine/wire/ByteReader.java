package dev.sluice.backend.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Throws {@link UnreadableBytesException} for bytes that no {@link ByteWriter} wrote. */
final class ByteReader {

  private final byte[] bytes;
  private int at;
  private @Nullable String last;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long rest = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == bytes.length) {
        throw new UnreadableBytesException("ends within a number");
      }
      byte next = bytes[at++];
      rest |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
    throw new UnreadableBytesException("a number without an end");
  }

  int count(int limit) {
    long count = number();
    if (count < 0 || count > limit) {
      throw new UnreadableBytesException(count + " where 0 to " + limit + " may be");
    }
    return (int) count;
  }

  /** Skips these bytes if they are next. */
  boolean skip(byte[] expected) {
    int end = at + expected.length;
    if (end > bytes.length || !Arrays.equals(bytes, at, end, expected, 0, expected.length)) {
      return false;
    }
    at = end;
    return true;
  }

  /** A bound for the length of any list. */
  int left() {
    return bytes.length - at;
  }

  /**
   * Reads a text that is mostly one of a few.
   *
   * @param encoded their UTF-8
   * @return the index of the text, -1 for null
   * @throws UnreadableBytesException if it is another one
   */
  int oneOf(String[] texts, byte[][] encoded, String type) {
    int code = count(left() + 2);
    if (code == 0) {
      return -1;
    }
    int end = at + code - 2;
    if (end > bytes.length) {
      throw new UnreadableBytesException("ends within a text");
    }
    for (int i = 0; i < texts.length; i++) {
      if (code == 1
          ? texts[i].equals(last)
          : Arrays.equals(bytes, at, end, encoded[i], 0, encoded[i].length)) {
        at = code == 1 ? at : end;
        last = texts[i];
        return i;
      }
    }
    String other = code == 1 ? last : new String(bytes, at, end - at, UTF_8);
    if (other == null) {
      throw new UnreadableBytesException("repeats a text before the first one");
    }
    throw new UnreadableBytesException("no " + type + " is called " + other);
  }

  @Nullable String text() {
    int code = count(left() + 2);
    if (code == 0) {
      return null;
    }
    if (code == 1) {
      return last;
    }
    int length = code - 2;
    if (length > left()) {
      throw new UnreadableBytesException("ends within a text");
    }
    last = new String(bytes, at, length, UTF_8);
    at += length;
    return last;
  }
}
