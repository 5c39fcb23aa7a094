package dev.sluice.backend.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class ByteWriter {

  private final int layout;
  private byte[] bytes = new byte[256];
  private int size;
  private @Nullable String last;

  ByteWriter(int layout) {
    this.layout = layout;
  }

  int layout() {
    return layout;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Text or null. A repeat of the text before takes one byte. */
  void text(@Nullable String text) {
    if (text == null) {
      number(0);
    } else if (text.equals(last)) {
      number(1);
    } else {
      byte[] encoded = text.getBytes(UTF_8);
      number(encoded.length + 2L);
      room(encoded.length);
      System.arraycopy(encoded, 0, bytes, size, encoded.length);
      size += encoded.length;
      last = text;
    }
  }

  /** Bytes of another writer, of values without texts. */
  void copy(byte[] encoded) {
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  boolean wroteText() {
    return last != null;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
    }
  }
}
