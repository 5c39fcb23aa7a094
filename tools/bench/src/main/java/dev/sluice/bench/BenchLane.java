package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/** One connection and its workers. Used by one thread at a time. */
final class BenchLane {

  private final int index;
  private final FleetClient client;
  private final FleetClient beside;
  private final List<BenchWorker> workers = new ArrayList<>();
  private int turn;

  BenchLane(int index, FleetClient client, FleetClient beside) {
    this.index = index;
    this.client = client;
    this.beside = beside;
  }

  int index() {
    return index;
  }

  FleetClient client() {
    return client;
  }

  FleetClient beside() {
    return beside;
  }

  List<BenchWorker> workers() {
    return workers;
  }

  BenchWorker next() {
    BenchWorker worker = workers.get(turn);
    turn = turn + 1 == workers.size() ? 0 : turn + 1;
    return worker;
  }

  void clear() {
    workers.clear();
    turn = 0;
  }
}
