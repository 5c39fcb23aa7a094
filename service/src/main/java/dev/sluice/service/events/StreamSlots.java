package dev.sluice.service.events;

import dev.sluice.service.errors.ApiException;
import java.util.HashMap;
import java.util.Map;

/** Counts open streams, to bound them in all and for each credential. */
public final class StreamSlots {

  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> byCaller = new HashMap<>();
  private int open;

  public StreamSlots(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Reserves a stream, or refuses it with 503. */
  public synchronized void take(String caller) {
    if (open >= most) {
      throw full("of this node must be at most " + most);
    }
    if (byCaller.getOrDefault(caller, 0) >= mostOfOne) {
      throw full("with this credential must be at most " + mostOfOne);
    }
    open++;
    byCaller.merge(caller, 1, Integer::sum);
  }

  private static ApiException full(String limit) {
    return ApiException.noRoom("streams", limit + "; ask for JSON and wait instead");
  }

  public synchronized void release(String caller) {
    open--;
    byCaller.computeIfPresent(caller, (key, own) -> own > 1 ? own - 1 : null);
  }
}
