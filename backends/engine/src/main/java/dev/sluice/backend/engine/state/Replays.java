package dev.sluice.backend.engine.state;

import dev.sluice.backend.StoredBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was answered to calls with a key, by key and by the end of their time. */
public final class Replays {

  private final Map<String, TreeMap<Integer, Replay>> byKey = new HashMap<>();
  private final RankedSet byEnd = new RankedSet();

  /** Any answer to a call with that key, which tells its content and its time; null if none. */
  public @Nullable Replay any(String key) {
    TreeMap<Integer, Replay> parts = byKey.get(key);
    return parts == null ? null : parts.firstEntry().getValue();
  }

  /** What was answered to a part of a call with that key; null if nothing. */
  public @Nullable Replay find(String key, int part) {
    TreeMap<Integer, Replay> parts = byKey.get(key);
    return parts == null ? null : parts.get(part);
  }

  /** What the answers to a call with that key count. */
  public long bytes(String key) {
    TreeMap<Integer, Replay> parts = byKey.get(key);
    return parts == null ? 0 : (long) StoredBytes.LINE * parts.size();
  }

  /** Keys by the end of their time. */
  public RankedSet byEnd() {
    return byEnd;
  }

  void put(Replay replay) {
    byKey.computeIfAbsent(replay.key(), key -> new TreeMap<>()).put(replay.part(), replay);
    byEnd.add(replay.untilMs(), replay.key());
  }

  void remove(String key) {
    TreeMap<Integer, Replay> parts = byKey.remove(key);
    if (parts != null) {
      byEnd.remove(parts.firstEntry().getValue().untilMs(), key);
    }
  }

  void each(Consumer<Replay> look) {
    for (TreeMap<Integer, Replay> parts : byKey.values()) {
      List.copyOf(parts.values()).forEach(look);
    }
  }
}
