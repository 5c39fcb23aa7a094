package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.store.StoredBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stored answers by key and by expiry. */
public final class IdempotentAnswers {

  private final Map<String, TreeMap<Integer, IdempotentAnswer>> byKey = new HashMap<>();
  private final RankedSet byEnd = new RankedSet();

  /** Returns any answer under the key, for body hash and expiry. */
  public @Nullable IdempotentAnswer any(String key) {
    TreeMap<Integer, IdempotentAnswer> parts = byKey.get(key);
    return parts == null ? null : parts.firstEntry().getValue();
  }

  public @Nullable IdempotentAnswer find(String key, int part) {
    TreeMap<Integer, IdempotentAnswer> parts = byKey.get(key);
    return parts == null ? null : parts.get(part);
  }

  public List<IdempotentAnswer> parts(String key) {
    TreeMap<Integer, IdempotentAnswer> parts = byKey.get(key);
    return parts == null ? List.of() : List.copyOf(parts.values());
  }

  public long bytes(String key) {
    TreeMap<Integer, IdempotentAnswer> parts = byKey.get(key);
    return parts == null ? 0 : (long) StoredBytes.LINE * parts.size();
  }

  public RankedSet byEnd() {
    return byEnd;
  }

  void put(IdempotentAnswer answer) {
    IdempotentAnswer known = any(answer.key());
    if (known != null && known.untilMs() != answer.untilMs()) {
      remove(answer.key()); // all parts of a key end together
    }
    byKey.computeIfAbsent(answer.key(), key -> new TreeMap<>()).put(answer.part(), answer);
    byEnd.add(answer.untilMs(), answer.key());
  }

  void remove(String key) {
    TreeMap<Integer, IdempotentAnswer> parts = byKey.remove(key);
    if (parts != null) {
      byEnd.remove(parts.firstEntry().getValue().untilMs(), key);
    }
  }

  void each(Consumer<IdempotentAnswer> look) {
    for (TreeMap<Integer, IdempotentAnswer> parts : byKey.values()) {
      List.copyOf(parts.values()).forEach(look);
    }
  }
}
