package dev.sluice.backend.engine.packed;

import dev.sluice.backend.Names;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.records.UnreadableSession;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by id. Waiting ones that were never claimed, of which there may be millions, are packed;
 * each look at one makes a record.
 */
public final class SessionTable {

  private final Map<String, SessionSlot> slots = new HashMap<>();
  private final ByteTable waiting = new ByteTable();
  private final PackedSessions packed = new PackedSessions();

  private final SortedSet<String> unreadable = new TreeSet<>(Names::compareBytes);

  /** The packed session that was put or looked at last: steps look at one again and again. */
  private @Nullable SessionRecord last;

  /** An id that is not packed: steps look for a new one several times before they put it. */
  private @Nullable String absent;

  public int size() {
    return slots.size() + waiting.size();
  }

  public @Nullable SessionSlot get(String id) {
    SessionSlot slot = isLast(id) ? last : slots.get(id);
    return slot != null ? slot : unpacked(id);
  }

  /** Finds what {@link #get} does, sooner if it waits and was never claimed. */
  public @Nullable SessionSlot getWaiting(String id) {
    SessionSlot waits = unpacked(id);
    return waits != null ? waits : slots.get(id);
  }

  private boolean isLast(String id) {
    return last != null && last.id().equals(id);
  }

  private @Nullable SessionSlot unpacked(String id) {
    if (isLast(id)) {
      return last;
    }
    byte[] bytes = bytes(id);
    if (bytes == null) {
      return null;
    }
    last = packed.unpack(id, bytes);
    return last;
  }

  /** {@link dev.sluice.backend.store.StoredBytes} of the session. */
  public long bytesOf(String id) {
    SessionSlot slot = isLast(id) ? last : slots.get(id);
    if (slot instanceof SessionRecord session) {
      return session.bytes();
    } else if (slot instanceof MovedSession moved) {
      return moved.bytes();
    }
    byte[] bytes = slot == null ? bytes(id) : null;
    return bytes == null ? 0 : PackedSessions.bytesOf(bytes);
  }

  /** Sorted by bytes. */
  public SortedSet<String> unreadable() {
    return Collections.unmodifiableSortedSet(unreadable);
  }

  public void put(SessionSlot slot) {
    if (slot instanceof UnreadableSession) {
      unreadable.add(slot.id());
    } else if (!unreadable.isEmpty()) {
      unreadable.remove(slot.id());
    }
    byte[] key = PackedSessions.key(slot.id());
    byte[] before = bytes(slot.id());
    byte[] after = key == null ? null : packed.pack(slot);
    last = null;
    absent = null;
    if (key != null && after != null) {
      waiting.put(key, after);
      slots.remove(slot.id());
      last = (SessionRecord) slot;
    } else {
      slots.put(slot.id(), slot);
      if (key != null && before != null) {
        waiting.remove(key);
      }
    }
    if (before != null) {
      packed.forget(before);
    }
  }

  public @Nullable SessionSlot remove(String id) {
    SessionSlot slot = slots.remove(id);
    if (slot instanceof UnreadableSession) {
      unreadable.remove(id);
    }
    byte[] key = slot == null ? PackedSessions.key(id) : null;
    byte[] bytes = key == null ? null : waiting.get(key);
    if (key != null && bytes != null) {
      slot = packed.unpack(id, bytes);
      waiting.remove(key);
      packed.forget(bytes);
      last = null;
    }
    return slot;
  }

  public void each(Consumer<SessionSlot> look) {
    slots.values().forEach(look);
    waiting.each((key, bytes) -> look.accept(packed.unpack(PackedSessions.id(key), bytes)));
  }

  private byte @Nullable [] bytes(String id) {
    if (waiting.size() == 0 || id.equals(absent)) {
      return null;
    }
    byte[] key = PackedSessions.key(id);
    byte[] bytes = key == null ? null : waiting.get(key);
    absent = bytes == null ? id : absent;
    return bytes;
  }
}
