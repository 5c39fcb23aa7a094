package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answers to calls that may come again. A node's next call drops those that the node has, any
 * call those of nodes that have been silent for a while.
 */
public final class AnsweredCalls {

  /** For each node. More calls are never under way. */
  private static final int MAX = 1_000;

  /** Far longer than a call takes. */
  private static final long KEEP_MS = 300_000;

  private final Map<String, TreeMap<Long, Change.PutCall>> byNode = new HashMap<>(0);

  public Change.@Nullable PutCall find(CallId id) {
    TreeMap<Long, Change.PutCall> calls = byNode.get(id.node());
    return calls == null ? null : calls.get(id.number());
  }

  void put(Change.PutCall call) {
    CallId id = call.id();
    byNode.values().removeIf(calls -> calls.lastEntry().getValue().atMs() < call.atMs() - KEEP_MS);
    TreeMap<Long, Change.PutCall> calls =
        byNode.computeIfAbsent(id.node(), node -> new TreeMap<>());
    calls.put(id.number(), call);
    calls.headMap(id.answered()).clear();
    if (calls.size() > MAX) {
      calls.pollFirstEntry();
    }
  }

  void each(Consumer<Change> look) {
    byNode.values().forEach(calls -> calls.values().forEach(look));
  }
}
