package dev.sluice.backend.engine.packed;

import java.util.Arrays;

/**
 * Values that mention a part of their own key, as an item does its session's id: the mentions are
 * left out. The part lies between the first separator of the key and the last.
 *
 * <p>The rest is followed by two bytes for each mention, its offset, and one for their count.
 */
public final class ShortValue {

  private static final byte SEPARATOR = 1;

  /** Mentions are looked for in so many bytes. */
  private static final int SEARCHED = 1 << 12;

  private static final int MOST = 16;

  private static final int ASCII = 1 << 7;

  private final byte[] key;
  private final int from;
  private final int length;

  private ShortValue(byte[] key) {
    this.key = key;
    int first = 0;
    while (first < key.length && key[first] != SEPARATOR) {
      first++;
    }
    int last = key.length - 1;
    while (last > first && key[last] != SEPARATOR) {
      last--;
    }
    from = first + 1;
    length = last - from;
  }

  public static byte[] pack(byte[] key, byte[] value) {
    ShortValue form = new ShortValue(key);
    return form.length < 1 ? value : form.packed(value);
  }

  public static byte[] unpack(byte[] key, byte[] packed) {
    ShortValue form = new ShortValue(key);
    return form.length < 1 ? packed : form.unpacked(packed);
  }

  private byte[] packed(byte[] value) {
    int[] mentions = new int[MOST];
    int count = mentions(value, mentions);
    byte[] packed = new byte[value.length - count * (length - 2) + 1];
    int at = 0;
    int start = 0;
    for (int i = 0; i < count; i++) {
      int kept = mentions[i] - start;
      System.arraycopy(value, start, packed, at, kept);
      at += kept;
      start = mentions[i] + length;
    }
    System.arraycopy(value, start, packed, at, value.length - start);
    at += value.length - start;
    for (int i = 0; i < count; i++) {
      packed[at++] = (byte) (mentions[i] >>> Byte.SIZE);
      packed[at++] = (byte) mentions[i];
    }
    packed[at] = (byte) count;
    return packed;
  }

  private byte[] unpacked(byte[] packed) {
    int count = packed[packed.length - 1];
    int offsets = packed.length - 1 - 2 * count;
    byte[] value = new byte[offsets + count * length];
    int at = 0;
    int start = 0;
    for (int i = 0; i < count; i++) {
      int offset = offsets + 2 * i;
      int kept = (packed[offset] << Byte.SIZE | (packed[offset + 1] & 0xFF)) - at;
      System.arraycopy(packed, start, value, at, kept);
      System.arraycopy(key, from, value, at + kept, length);
      at += kept + length;
      start += kept;
    }
    System.arraycopy(packed, start, value, at, offsets - start);
    return value;
  }

  /** Fills in their offsets; returns their number. */
  private int mentions(byte[] value, int[] offsets) {
    boolean[] used = used();
    int count = 0;
    int end = Math.min(value.length, SEARCHED) - length;
    int start = 0;
    while (start <= end && count < MOST) {
      int foreign = start + length - 1;
      while (foreign >= start && value[foreign] >= 0 && used[value[foreign]]) {
        foreign--;
      }
      if (foreign >= start) {
        start = foreign + 1; // no mention has that byte
      } else if (Arrays.equals(value, start, start + length, key, from, from + length)) {
        offsets[count++] = start;
        start += length;
      } else {
        start++;
      }
    }
    return count;
  }

  /** The bytes of the part; ids are ASCII, others are not found. */
  private boolean[] used() {
    boolean[] used = new boolean[ASCII];
    for (int i = from; i < from + length; i++) {
      if (key[i] >= 0) {
        used[key[i]] = true;
      }
    }
    return used;
  }
}
