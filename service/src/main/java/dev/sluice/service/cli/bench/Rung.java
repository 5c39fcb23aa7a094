package dev.sluice.service.cli.bench;

import dev.sluice.service.cli.bench.figures.Figure;
import java.io.IOException;

/** Calls that use more and more of the server. */
enum Rung {
  SERVLET(Figure.SERVLET) {
    @Override
    void call(BenchLane lane, CheckedCalls calls, BenchWorker worker, Tally tally)
        throws IOException, InterruptedException {
      calls.get(lane.beside(), "/alive", worker, tally);
    }
  },
  CONSTANT(Figure.CONSTANT) {
    @Override
    void call(BenchLane lane, CheckedCalls calls, BenchWorker worker, Tally tally)
        throws IOException, InterruptedException {
      calls.get(lane.client(), "/api/me", worker, tally);
    }
  },
  HEARTBEAT(Figure.HEARTBEAT) {
    @Override
    void call(BenchLane lane, CheckedCalls calls, BenchWorker worker, Tally tally)
        throws IOException, InterruptedException {
      calls.heartbeat(worker, tally);
    }
  },
  EMPTY_POLL(Figure.EMPTY_POLL) {
    @Override
    void call(BenchLane lane, CheckedCalls calls, BenchWorker worker, Tally tally)
        throws IOException, InterruptedException {
      calls.emptyPoll(worker, tally);
    }
  };

  private final Figure figure;

  Rung(Figure figure) {
    this.figure = figure;
  }

  Figure figure() {
    return figure;
  }

  abstract void call(BenchLane lane, CheckedCalls calls, BenchWorker worker, Tally tally)
      throws IOException, InterruptedException;
}
