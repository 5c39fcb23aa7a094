package dev.sluice.service.cli;

import java.util.ArrayList;
import java.util.List;

/** One connection and the workers that take turns on it. Used by one thread at a time. */
final class Lane {

  private final int index;
  private final FleetClient client;
  private final List<BenchWorker> workers = new ArrayList<>();
  private int turn;

  Lane(int index, FleetClient client) {
    this.index = index;
    this.client = client;
  }

  /** Its number, from 0. */
  int index() {
    return index;
  }

  FleetClient client() {
    return client;
  }

  List<BenchWorker> workers() {
    return workers;
  }

  /** The worker whose turn it is. */
  BenchWorker next() {
    BenchWorker worker = workers.get(turn);
    turn = turn + 1 == workers.size() ? 0 : turn + 1;
    return worker;
  }

  /** Lets all workers go. */
  void clear() {
    workers.clear();
    turn = 0;
  }
}
