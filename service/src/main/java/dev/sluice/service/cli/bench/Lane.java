package dev.sluice.service.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** One connection and the workers that take turns on it. Used by one thread at a time. */
final class Lane {

  private final int index;
  private final FleetClient client;
  private final FleetClient beside;
  private final List<BenchWorker> workers = new ArrayList<>();
  private int turn;

  /**
   * @param beside another connection, which is opened only where it is used
   */
  Lane(int index, FleetClient client, FleetClient beside) {
    this.index = index;
    this.client = client;
    this.beside = beside;
  }

  /** Its number, from 0. */
  int index() {
    return index;
  }

  FleetClient client() {
    return client;
  }

  /** Another connection to where the workers poll. */
  FleetClient beside() {
    return beside;
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

  void close() {
    client.close();
    beside.close();
  }
}
