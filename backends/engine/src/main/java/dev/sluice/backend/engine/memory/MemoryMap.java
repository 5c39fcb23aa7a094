package dev.sluice.backend.engine.memory;

import dev.sluice.backend.engine.ByteMap;
import dev.sluice.backend.engine.StoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A change of a key and its append to the log are one step under the lock of the key's part. A
 * value read may be from a caller that still waits for the log, so a reader waits too.
 */
public final class MemoryMap implements ByteMap {

  private static final int PARTS = 64;

  private final StoreTable table;
  private final ChangeLog log;
  private final List<Map<String, byte[]>> parts = new ArrayList<>(PARTS);
  private final AtomicLong written = new AtomicLong();

  MemoryMap(StoreTable table, ChangeLog log) {
    this.table = table;
    this.log = log;
    for (int i = 0; i < PARTS; i++) {
      parts.add(new HashMap<>());
    }
  }

  private Map<String, byte[]> part(String key) {
    int hash = key.hashCode() * 0x9E3779B9; // a part's own map uses the lower bits
    return parts.get(hash >>> 26);
  }

  /** Puts what the log already has. */
  public void restore(String key, byte[] value) {
    Map<String, byte[]> part = part(key);
    synchronized (part) {
      part.put(key, value);
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    byte[] value = peek(key);
    awaitSeen();
    return value;
  }

  private byte @Nullable [] peek(String key) {
    Map<String, byte[]> part = part(key);
    synchronized (part) {
      return part.get(key);
    }
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    for (String key : keys) {
      byte[] value = peek(key);
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
    for (Map<String, byte[]> part : parts) {
      synchronized (part) {
        all.putAll(part);
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
    Map<String, byte[]> part = part(key);
    synchronized (part) {
      part.put(key, value);
      appended(log.put(table, Map.of(key, value)));
    }
  }

  /** One append: no other caller writes these keys. */
  @Override
  public void setAll(Map<String, byte[]> values) {
    appended(log.put(table, values));
    values.forEach(this::restore);
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
    Map<String, byte[]> part = part(key);
    synchronized (part) {
      byte[] before = part.remove(key);
      if (before != null) {
        appended(log.delete(table, key));
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
    Map<String, byte[]> part = part(key);
    synchronized (part) {
      byte[] before = part.putIfAbsent(key, value);
      if (before == null) {
        appended(log.put(table, Map.of(key, value)));
      }
      return before;
    }
  }

  @Override
  public boolean removeIf(String key, byte[] before) {
    Map<String, byte[]> part = part(key);
    synchronized (part) {
      boolean unchanged = Arrays.equals(part.get(key), before);
      if (unchanged) {
        take(key);
      }
      return unchanged;
    }
  }

  @Override
  public boolean replace(String key, byte[] before, byte[] after) {
    Map<String, byte[]> part = part(key);
    boolean unchanged;
    synchronized (part) {
      unchanged = Arrays.equals(part.get(key), before);
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
    Map<String, byte[]> part = parts.get(number);
    synchronized (part) {
      return List.copyOf(part.keySet());
    }
  }

  private void appended(long position) {
    written.accumulateAndGet(position, Math::max);
  }

  private void awaitSeen() {
    log.await(written.get());
  }
}
