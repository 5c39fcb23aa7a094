package dev.sluice.backend.engine.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of byte arrays in few large arrays: an entry takes its bytes and about 16 more, and
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
  private int[] hashes = new int[LEAST_SLOTS]; // of their keys, so that no key is read to grow
  private final ByteChunks chunks = new ByteChunks();
  private int size;

  public int size() {
    return size;
  }

  public byte @Nullable [] get(byte[] key) {
    int slot = find(key, high(hash(key)));
    return slots[slot] == 0 ? null : chunks.value(slots[slot]);
  }

  /** Replaces the value if there is one. */
  public void put(byte[] key, byte[] value) {
    int hash = high(hash(key));
    int slot = find(key, hash);
    int before = slots[slot];
    if (before == 0) {
      add(slot, hash, key, value);
    } else {
      slots[slot] = chunks.add(key, value);
      chunks.remove(before);
    }
    tidy();
  }

  /** Returns the value if there is one, else puts this. */
  public byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
    int hash = high(hash(key));
    int slot = find(key, hash);
    if (slots[slot] != 0) {
      return chunks.value(slots[slot]);
    }
    add(slot, hash, key, value);
    tidy();
    return null;
  }

  private void add(int empty, int hash, byte[] key, byte[] value) {
    int slot = empty;
    if (size >= MOST_FULL * slots.length) {
      grow();
      slot = find(key, hash);
    }
    slots[slot] = chunks.add(key, value);
    hashes[slot] = hash;
    size++;
  }

  /** False if absent. */
  public boolean remove(byte[] key) {
    int slot = find(key, high(hash(key)));
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
    int slot = find(key, high(hash(key)));
    if (slots[slot] == address) {
      slots[slot] = chunks.add(key, chunks.value(address));
    }
  }

  /** The slot of the key, or the empty one for it. */
  private int find(byte[] key, int hash) {
    int slot = home(hash);
    while (slots[slot] != 0 && (hashes[slot] != hash || !chunks.hasKey(slots[slot], key))) {
      slot = next(slot);
    }
    return slot;
  }

  /** Moves later entries up, so that a search meets no hole. */
  private void empty(int slot) {
    int hole = slot;
    for (int at = next(slot); slots[at] != 0; at = next(at)) {
      int home = home(hashes[at]);
      boolean stays = hole < at ? (hole < home && home <= at) : (hole < home || home <= at);
      if (!stays) {
        slots[hole] = slots[at];
        hashes[hole] = hashes[at];
        hole = at;
      }
    }
    slots[hole] = 0;
  }

  private void grow() {
    int[] before = slots;
    int[] hashesBefore = hashes;
    slots = new int[2 * before.length];
    hashes = new int[slots.length];
    for (int i = 0; i < before.length; i++) {
      if (before[i] != 0) {
        int slot = home(hashesBefore[i]);
        while (slots[slot] != 0) {
          slot = next(slot);
        }
        slots[slot] = before[i];
        hashes[slot] = hashesBefore[i];
      }
    }
  }

  private int home(int hash) {
    return (int) (((hash & 0xFFFF_FFFFL) * slots.length) >>> 32);
  }

  private static int high(long hash) {
    return (int) (hash >>> 32);
  }

  private int next(int slot) {
    return slot + 1 == slots.length ? 0 : slot + 1;
  }

  /** Differs between processes. */
  public static long hash(byte[] key) {
    long hash = SEED ^ key.length;
    int at = 0;
    for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(key, at), K1);
    }
    long rest = 0;
    for (; at < key.length; at++) {
      rest = (rest << Byte.SIZE) | (key[at] & 0xFF);
    }
    return mix(mix(hash ^ rest, K1), K2);
  }

  private static long mix(long value, long factor) {
    return Math.multiplyHigh(value, factor) ^ (value * factor);
  }
}
