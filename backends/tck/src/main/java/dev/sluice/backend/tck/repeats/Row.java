package dev.sluice.backend.tck.repeats;

import dev.sluice.backend.tck.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call, and how an org comes to it. */
final class Row {

  private final String name;
  private final List<Object> steps = new ArrayList<>();
  private @Nullable Function<Seat, @Nullable Object> call;

  private Row(String name) {
    this.name = name;
  }

  static Row row(String name) {
    return new Row(name);
  }

  Row given(Consumer<Seat> step) {
    steps.add(step);
    return this;
  }

  Row passing(Duration time) {
    steps.add(time);
    return this;
  }

  Row when(Function<Seat, @Nullable Object> call) {
    this.call = call;
    return this;
  }

  /** Brings two orgs to the same point at the same time. */
  @SuppressWarnings("unchecked")
  void prepare(MovableClock clock, Seat one, Seat other) {
    BiConsumer<Consumer<Seat>, Seat> take = Consumer::accept;
    for (Object step : steps) {
      if (step instanceof Duration time) {
        clock.jump(time);
      } else {
        take.accept((Consumer<Seat>) step, one);
        take.accept((Consumer<Seat>) step, other);
      }
    }
  }

  @Nullable Object call(Seat seat) {
    if (call == null) {
      throw new IllegalStateException(name + " calls nothing");
    }
    return call.apply(seat);
  }

  @Override
  public String toString() {
    return name;
  }
}
