package dev.sluice.backend.engine.state;

import dev.sluice.backend.stops.StopRun;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Orders to stop many, and which of them is the oldest. */
public final class StopRuns {

  private final Map<String, StopRun> runs = new HashMap<>();
  private final RankedSet byTime = new RankedSet();

  /** The order of that id; null if there is none. */
  public @Nullable StopRun find(String id) {
    return runs.get(id);
  }

  /** By the time of the order. */
  public RankedSet byTime() {
    return byTime;
  }

  void put(StopRun run) {
    remove(run.id());
    runs.put(run.id(), run);
    byTime.add(run.atMs(), run.id());
  }

  void remove(String id) {
    StopRun run = runs.remove(id);
    if (run != null) {
      byTime.remove(run.atMs(), id);
    }
  }

  void each(Consumer<StopRun> look) {
    runs.values().forEach(look);
  }
}
