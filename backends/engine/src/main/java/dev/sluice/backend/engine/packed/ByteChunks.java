package dev.sluice.backend.engine.packed;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The entries of a {@link ByteTable}: length of the key, length of the value, both. An entry is
 * appended to the last chunk; a large one has a chunk of its own. A chunk of which more than a
 * third is deleted is sparse: its owner moves the rest to the last one and frees it.
 */
@SuppressWarnings("NullAway") // freed chunks are null
final class ByteChunks {

  static final int NONE = -1;

  private static final int OFFSET_BITS = 16;
  private static final int MOST = 1 << OFFSET_BITS;
  private static final int OFFSET_MASK = MOST - 1;
  private static final int LARGE = MOST / 8;
  private static final int LEAST = 128;

  /** No entry begins at 0, which stands for none. */
  private static final int START = 1;

  private byte[][] chunks = new byte[1][];
  private int[] ends = new int[1];
  private int[] deleted = new int[1];
  private int count;
  private int last = NONE;
  private int freed = NONE; // linked by their ends
  private int sparse = NONE;
  private int sealed = NONE;

  /** Returns its address. */
  int add(byte[] key, byte[] value) {
    int length = lengthOf(key.length) + lengthOf(value.length) + key.length + value.length;
    int chunk = length > LARGE ? unused(START + length) : room(length);
    byte[] bytes = chunks[chunk];
    int start = ends[chunk];
    int at = putLength(bytes, start, key.length);
    at = putLength(bytes, at, value.length);
    System.arraycopy(key, 0, bytes, at, key.length);
    System.arraycopy(value, 0, bytes, at + key.length, value.length);
    ends[chunk] = start + length;
    return (chunk << OFFSET_BITS) | start;
  }

  /** The last chunk, enlarged if needed, or a new last one. */
  private int room(int length) {
    if (last == NONE) {
      last = unused(Math.max(LEAST, START + length));
    } else if (ends[last] + length > MOST) {
      int full = last;
      last = unused(LARGE + START); // may find no memory
      sealed = full;
    } else if (ends[last] + length > chunks[last].length) {
      int more = Math.max(ends[last] + length, 2 * chunks[last].length);
      chunks[last] = Arrays.copyOf(chunks[last], Math.min(MOST, more));
    }
    return last;
  }

  private int unused(int capacity) {
    int chunk = freed;
    if (chunk != NONE) {
      freed = ends[chunk];
    } else {
      chunk = count++;
      if (chunk == MOST) {
        throw new IllegalStateException("too many bytes for one table");
      }
      if (chunk == chunks.length) {
        int more = chunk + Math.max(1, chunk >> 1);
        chunks = Arrays.copyOf(chunks, more);
        ends = Arrays.copyOf(ends, more);
        deleted = Arrays.copyOf(deleted, more);
      }
    }
    chunks[chunk] = new byte[capacity];
    ends[chunk] = START;
    deleted[chunk] = START;
    return chunk;
  }

  void remove(int address) {
    int chunk = address >>> OFFSET_BITS;
    byte[] bytes = chunks[chunk];
    int at = address & OFFSET_MASK;
    deleted[chunk] += behind(bytes, at) - at;
    if (chunk != last) {
      sparse = chunk;
    } else if (deleted[chunk] == ends[chunk]) {
      ends[chunk] = START;
      deleted[chunk] = START;
    }
  }

  /** A sparse chunk, or {@link #NONE}. To be asked after each change until there is none. */
  int sparse() {
    int full = sealed;
    sealed = NONE;
    if (isSparse(full)) {
      return full;
    }
    int removedFrom = sparse;
    sparse = NONE;
    return isSparse(removedFrom) ? removedFrom : NONE;
  }

  private boolean isSparse(int chunk) {
    return chunk != NONE && chunks[chunk] != null && deleted[chunk] > ends[chunk] / 3;
  }

  /** Frees what {@link #each} has visited. */
  void free(int chunk) {
    chunks[chunk] = null;
    ends[chunk] = freed;
    freed = chunk;
  }

  /**
   * Visits the addresses of all entries of a chunk, deleted ones too, unless there are no others.
   */
  void each(int chunk, IntConsumer visitor) {
    byte[] bytes = chunks[chunk];
    int end = deleted[chunk] == ends[chunk] ? START : ends[chunk];
    for (int at = START; at < end; at = behind(bytes, at)) {
      visitor.accept((chunk << OFFSET_BITS) | at);
    }
  }

  boolean hasKey(int address, byte[] key) {
    byte[] bytes = chunks[address >>> OFFSET_BITS];
    int at = address & OFFSET_MASK;
    if (length(bytes, at) != key.length) {
      return false;
    }
    int start = keyStart(bytes, at);
    return Arrays.equals(bytes, start, start + key.length, key, 0, key.length);
  }

  byte[] key(int address) {
    byte[] bytes = chunks[address >>> OFFSET_BITS];
    int at = address & OFFSET_MASK;
    int start = keyStart(bytes, at);
    return Arrays.copyOfRange(bytes, start, start + length(bytes, at));
  }

  byte[] value(int address) {
    byte[] bytes = chunks[address >>> OFFSET_BITS];
    int at = address & OFFSET_MASK;
    return Arrays.copyOfRange(bytes, keyStart(bytes, at) + length(bytes, at), behind(bytes, at));
  }

  long allocatedBytes() {
    return Arrays.stream(chunks).mapToLong(chunk -> chunk == null ? 0 : chunk.length).sum();
  }

  private static int keyStart(byte[] bytes, int at) {
    int second = at + lengthOf(length(bytes, at));
    return second + lengthOf(length(bytes, second));
  }

  private static int behind(byte[] bytes, int at) {
    int keyLength = length(bytes, at);
    int second = at + lengthOf(keyLength);
    int valueLength = length(bytes, second);
    return second + lengthOf(valueLength) + keyLength + valueLength;
  }

  private static int lengthOf(int number) {
    return number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : 5;
  }

  /** In one byte, two or five, by the highest bits of the first. */
  private static int putLength(byte[] bytes, int at, int number) {
    if (number < 1 << 7) {
      bytes[at] = (byte) number;
      return at + 1;
    }
    if (number < 1 << 14) {
      bytes[at] = (byte) (0x80 | (number >>> 8));
      bytes[at + 1] = (byte) number;
      return at + 2;
    }
    bytes[at] = (byte) 0xC0;
    for (int i = 1; i <= Integer.BYTES; i++) {
      bytes[at + i] = (byte) (number >>> (Integer.SIZE - i * Byte.SIZE));
    }
    return at + 5;
  }

  private static int length(byte[] bytes, int at) {
    int first = bytes[at];
    if (first >= 0) {
      return first;
    }
    if ((first & 0x40) == 0) {
      return ((first & 0x3F) << 8) | (bytes[at + 1] & 0xFF);
    }
    int number = 0;
    for (int i = 1; i <= Integer.BYTES; i++) {
      number = (number << Byte.SIZE) | (bytes[at + i] & 0xFF);
    }
    return number;
  }
}
