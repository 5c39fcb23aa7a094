package dev.sluice.backend.engine.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.packed.ByteTable;
import dev.sluice.backend.engine.packed.ShortValue;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.StoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A change of a key and its append to the log are one step under the lock of the key's part. A
 * value read may be from a caller that still waits for the log, so a reader waits too.
 */
public final class MemoryMap implements ByteMap {

  private static final int PARTS = 64;

  private final StoreTable table;
  private final ChangeLog log;
  private final Consumer<Error> broken;
  private final List<ByteTable> parts = new ArrayList<>(PARTS);
  private final AtomicLong written = new AtomicLong();

  /** {@code broken} hears that a change may be in memory alone. */
  MemoryMap(StoreTable table, ChangeLog log, Consumer<Error> broken) {
    this.table = table;
    this.log = log;
    this.broken = broken;
    for (int i = 0; i < PARTS; i++) {
      parts.add(new ByteTable());
    }
  }

  private ByteTable part(byte[] key) {
    int hash = (int) ByteTable.hash(key) >>> Byte.SIZE; // a part uses the other bits
    return parts.get(hash & (PARTS - 1));
  }

  private static byte @Nullable [] value(ByteTable part, byte[] key) {
    byte[] packed = part.get(key);
    return packed == null ? null : ShortValue.unpack(key, packed);
  }

  /** Puts what the log already has. */
  public void restore(byte[] key, byte[] value) {
    byte[] packed = ShortValue.pack(key, value);
    ByteTable part = part(key);
    synchronized (part) {
      part.put(key, packed);
    }
  }

  /** Puts what the log already has, or both the present value and this one. */
  public void restore(byte[] key, byte[] value, BinaryOperator<byte[]> both) {
    ByteTable part = part(key);
    synchronized (part) {
      byte[] before = part.putIfAbsent(key, ShortValue.pack(key, value));
      if (before != null) {
        byte[] all = both.apply(ShortValue.unpack(key, before), value);
        part.put(key, ShortValue.pack(key, all));
      }
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    byte[] value = getNamed(key);
    awaitSeen();
    return value;
  }

  @Override
  public boolean near() {
    return true;
  }

  @Override
  public byte @Nullable [] getNamed(String key) {
    byte[] bytes = bytes(key);
    ByteTable part = part(bytes);
    synchronized (part) {
      return value(part, bytes);
    }
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    for (String key : keys) {
      byte[] value = getNamed(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    awaitSeen();
    return found;
  }

  @Override
  public Map<String, byte[]> all() {
    Map<String, byte[]> all = new HashMap<>();
    for (ByteTable part : parts) {
      synchronized (part) {
        part.each((key, packed) -> all.put(new String(key, UTF_8), ShortValue.unpack(key, packed)));
      }
    }
    awaitSeen();
    return all;
  }

  @Override
  public void put(String key, byte[] value) {
    set(key, value);
    awaitSeen();
  }

  @Override
  public void set(String key, byte[] value) {
    byte[] bytes = bytes(key);
    byte[] packed = ShortValue.pack(bytes, value);
    ByteTable part = part(bytes);
    synchronized (part) {
      try {
        part.put(bytes, packed);
        appended(log.put(table, Map.of(key, value)));
      } catch (Error e) {
        broken.accept(e);
        throw e;
      }
    }
  }

  /** One append: no other caller writes these keys. */
  @Override
  public void setAll(Map<String, byte[]> values) {
    try {
      appended(log.put(table, values));
      values.forEach((key, value) -> restore(bytes(key), value));
    } catch (Error e) {
      broken.accept(e);
      throw e;
    }
  }

  @Override
  public void delete(String key) {
    take(key);
  }

  @Override
  public byte @Nullable [] remove(String key) {
    byte[] before = take(key);
    awaitSeen();
    return before;
  }

  private byte @Nullable [] take(String key) {
    byte[] bytes = bytes(key);
    ByteTable part = part(bytes);
    synchronized (part) {
      byte[] before = value(part, bytes);
      if (before != null) {
        try {
          part.remove(bytes);
          appended(log.delete(table, key));
        } catch (Error e) {
          broken.accept(e);
          throw e;
        }
      }
      return before;
    }
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    byte[] before = putIfAbsentUnsynced(key, value);
    awaitSeen();
    return before;
  }

  @Override
  public byte @Nullable [] putIfAbsentUnsynced(String key, byte[] value) {
    byte[] bytes = bytes(key);
    byte[] packed = ShortValue.pack(bytes, value);
    ByteTable part = part(bytes);
    synchronized (part) {
      try {
        byte[] before = part.putIfAbsent(bytes, packed);
        if (before != null) {
          return ShortValue.unpack(bytes, before);
        }
        appended(log.put(table, Map.of(key, value)));
        return null;
      } catch (Error e) {
        broken.accept(e);
        throw e;
      }
    }
  }

  @Override
  public boolean removeIf(String key, byte[] before) {
    byte[] bytes = bytes(key);
    ByteTable part = part(bytes);
    synchronized (part) {
      boolean unchanged = Arrays.equals(value(part, bytes), before);
      if (unchanged) {
        take(key);
      }
      return unchanged;
    }
  }

  @Override
  public boolean replace(String key, byte[] before, byte[] after) {
    byte[] bytes = bytes(key);
    ByteTable part = part(bytes);
    boolean unchanged;
    synchronized (part) {
      unchanged = Arrays.equals(value(part, bytes), before);
      if (unchanged) {
        set(key, after);
      }
    }
    awaitSeen();
    return unchanged;
  }

  @Override
  public int parts() {
    return PARTS;
  }

  @Override
  public Collection<String> keys(int number) {
    List<String> keys = new ArrayList<>();
    ByteTable part = parts.get(number);
    synchronized (part) {
      part.eachKey(key -> keys.add(new String(key, UTF_8)));
    }
    return keys;
  }

  private static byte[] bytes(String key) {
    return key.getBytes(UTF_8);
  }

  private void appended(long position) {
    written.accumulateAndGet(position, Math::max);
  }

  private void awaitSeen() {
    log.await(written.get());
  }
}
