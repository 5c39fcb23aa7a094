package dev.sluice.backend.engine.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of byte arrays in few large arrays: an entry takes its bytes and about ten more, and
 * the garbage collector sees no object. Not thread-safe.
 */
public final class ByteTable {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Random, so that no caller can choose keys that collide. */
  private static final long SEED = ThreadLocalRandom.current().nextLong();

  private static final long K1 = 0x9E3779B97F4A7C15L;
  private static final long K2 = 0xD6E8FEB86659FD93L;

  private static final int LEAST_SLOTS = 8;

  private static final float MOST_FULL = 0.78f;

  private int[] slots = new int[LEAST_SLOTS]; // addresses of entries; 0 for none
  private byte[] tags = new byte[LEAST_SLOTS]; // other bits of their hashes
  private final ByteChunks chunks = new ByteChunks();
  private int size;

  public int size() {
    return size;
  }

  public byte @Nullable [] get(byte[] key) {
    int slot = find(key, hash(key));
    return slots[slot] == 0 ? null : chunks.value(slots[slot]);
  }

  /** Replaces the value if there is one. */
  public void put(byte[] key, byte[] value) {
    long hash = hash(key);
    int slot = find(key, hash);
    int before = slots[slot];
    if (before == 0 && size >= MOST_FULL * slots.length) {
      grow();
      slot = find(key, hash);
    }
    slots[slot] = chunks.add(key, value);
    tags[slot] = tag(hash);
    if (before == 0) {
      size++;
    } else {
      chunks.remove(before);
    }
    tidy();
  }

  /** False if absent. */
  public boolean remove(byte[] key) {
    int slot = find(key, hash(key));
    int before = slots[slot];
    if (before == 0) {
      return false;
    }
    empty(slot);
    size--;
    chunks.remove(before);
    tidy();
    return true;
  }

  /** The table must not change meanwhile. */
  public void each(BiConsumer<byte[], byte[]> visitor) {
    for (int address : slots) {
      if (address != 0) {
        visitor.accept(chunks.key(address), chunks.value(address));
      }
    }
  }

  /** The table must not change meanwhile. */
  public void eachKey(Consumer<byte[]> visitor) {
    for (int address : slots) {
      if (address != 0) {
        visitor.accept(chunks.key(address));
      }
    }
  }

  long allocatedBytes() {
    return chunks.allocatedBytes();
  }

  private void tidy() {
    for (int chunk = chunks.sparse(); chunk != ByteChunks.NONE; chunk = chunks.sparse()) {
      chunks.each(chunk, this::moveIfPresent);
      chunks.free(chunk);
    }
  }

  private void moveIfPresent(int address) {
    byte[] key = chunks.key(address);
    int slot = find(key, hash(key));
    if (slots[slot] == address) {
      slots[slot] = chunks.add(key, chunks.value(address));
    }
  }

  /** The slot of the key, or the empty one for it. */
  private int find(byte[] key, long hash) {
    byte tag = tag(hash);
    int slot = home(hash);
    while (slots[slot] != 0 && (tags[slot] != tag || !chunks.hasKey(slots[slot], key))) {
      slot = next(slot);
    }
    return slot;
  }

  /** Moves later entries up, so that a search meets no hole. */
  private void empty(int slot) {
    int hole = slot;
    for (int at = next(slot); slots[at] != 0; at = next(at)) {
      int home = home(chunks.hash(slots[at]));
      boolean stays = hole < at ? (hole < home && home <= at) : (hole < home || home <= at);
      if (!stays) {
        slots[hole] = slots[at];
        tags[hole] = tags[at];
        hole = at;
      }
    }
    slots[hole] = 0;
  }

  private void grow() {
    int[] before = slots;
    slots = new int[2 * before.length];
    tags = new byte[slots.length];
    for (int address : before) {
      if (address != 0) {
        long hash = chunks.hash(address);
        int slot = home(hash);
        while (slots[slot] != 0) {
          slot = next(slot);
        }
        slots[slot] = address;
        tags[slot] = tag(hash);
      }
    }
  }

  private int home(long hash) {
    return (int) (((hash >>> 32) * slots.length) >>> 32);
  }

  private static byte tag(long hash) {
    return (byte) hash;
  }

  private int next(int slot) {
    return slot + 1 == slots.length ? 0 : slot + 1;
  }

  /** Differs between processes. */
  public static long hash(byte[] key) {
    return hash(key, 0, key.length);
  }

  static long hash(byte[] bytes, int from, int to) {
    long hash = SEED ^ (to - from);
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at), K1);
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return mix(mix(hash ^ rest, K1), K2);
  }

  private static long mix(long value, long factor) {
    return Math.multiplyHigh(value, factor) ^ (value * factor);
  }
}
