package dev.sluice.backend.tck.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

final class Choice<T> {

  private final List<Supplier<T>> tickets = new ArrayList<>();

  Choice<T> add(int weight, Supplier<T> what) {
    for (int i = 0; i < weight; i++) {
      tickets.add(what);
    }
    return this;
  }

  T pick(Random random) {
    return Vocabulary.pick(random, tickets).get();
  }
}
