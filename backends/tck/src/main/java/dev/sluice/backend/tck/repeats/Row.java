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
  private boolean numbered;
  private boolean onOneNode;
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

  /** Its second run may take a sequence number, and change nothing else. */
  Row maybeNumbered() {
    numbered = true;
    return this;
  }

  boolean isMaybeNumbered() {
    return numbered;
  }

  /** The node that makes the call comes to it too: offers of another node stand for a while. */
  Row onOneNode() {
    onOneNode = true;
    return this;
  }

  boolean isOnOneNode() {
    return onOneNode;
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
