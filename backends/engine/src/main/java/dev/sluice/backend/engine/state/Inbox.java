package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

public final class Inbox {

  private final TreeMap<Long, MessageRecord> urgent = new TreeMap<>();
  private final TreeMap<Long, MessageRecord> normal = new TreeMap<>();

  private long bytes;

  public long bytes() {
    return bytes;
  }

  public int size() {
    return urgent.size() + normal.size();
  }

  public @Nullable MessageRecord find(String id, Lane lane) {
    long seq;
    try {
      seq = Long.parseLong(id.substring(id.indexOf('-') + 1));
    } catch (NumberFormatException e) {
      return null; // never an id of ours
    }
    MessageRecord message = lane(lane).get(seq);
    return message != null && message.id().equals(id) ? message : null;
  }

  public @Nullable MessageRecord at(Lane lane, long seq) {
    return lane(lane).get(seq);
  }

  public @Nullable MessageRecord stop() {
    // A stop is the last message: nothing is stored for a stopped session.
    MessageRecord last = urgent.isEmpty() ? null : urgent.lastEntry().getValue();
    return last != null && last.type() == MessageType.STOP ? last : null;
  }

  /**
   * The oldest of a lane that may be offered.
   *
   * @param againTo see {@link MessageRecord#visible}
   */
  public List<MessageRecord> unread(Lane lane, long nowMs, @Nullable String againTo, int max) {
    List<MessageRecord> unread = new ArrayList<>();
    for (MessageRecord message : lane(lane).values()) {
      if (unread.size() == max) {
        break;
      }
      if (message.visible(nowMs, againTo)) {
        unread.add(message);
      }
    }
    return unread;
  }

  /** Messages that the worker's next poll acknowledges. */
  public List<MessageRecord> offeredTo(String workerId) {
    return all().stream().filter(message -> workerId.equals(message.offeredTo())).toList();
  }

  public List<MessageRecord> all() {
    List<MessageRecord> all = new ArrayList<>(size());
    each(all::add);
    return all;
  }

  public List<MessageRecord> byAge() {
    List<MessageRecord> all = all();
    all.sort(Comparator.comparingLong(MessageRecord::seq));
    return all;
  }

  void each(Consumer<MessageRecord> look) {
    urgent.values().forEach(look);
    normal.values().forEach(look);
  }

  void put(MessageRecord message) {
    MessageRecord before = lane(message.lane()).put(message.seq(), message);
    bytes += message.bytes() - (before == null ? 0 : before.bytes());
  }

  void remove(MessageRecord message) {
    MessageRecord gone = lane(message.lane()).remove(message.seq());
    bytes -= gone == null ? 0 : gone.bytes();
  }

  private TreeMap<Long, MessageRecord> lane(Lane lane) {
    return lane == Lane.URGENT ? urgent : normal;
  }
}
