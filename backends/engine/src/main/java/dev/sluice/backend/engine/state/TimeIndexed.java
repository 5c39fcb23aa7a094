package dev.sluice.backend.engine.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Records by id, and their ids by time. */
public final class TimeIndexed<T> {

  private final Function<T, String> idOf;
  private final ToLongFunction<T> timeOf;
  private final Map<String, T> byId = new HashMap<>();
  private final RankedSet byTime = new RankedSet();

  TimeIndexed(Function<T, String> idOf, ToLongFunction<T> timeOf) {
    this.idOf = idOf;
    this.timeOf = timeOf;
  }

  public @Nullable T find(String id) {
    return byId.get(id);
  }

  public RankedSet byTime() {
    return byTime;
  }

  void put(T record) {
    String id = idOf.apply(record);
    remove(id);
    byId.put(id, record);
    byTime.add(timeOf.applyAsLong(record), id);
  }

  void remove(String id) {
    T old = byId.remove(id);
    if (old != null) {
      byTime.remove(timeOf.applyAsLong(old), id);
    }
  }

  void each(Consumer<T> look) {
    byId.values().forEach(look);
  }
}
