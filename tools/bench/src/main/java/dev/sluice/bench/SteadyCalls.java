package dev.sluice.bench;

import dev.sluice.bench.figures.Figure;
import java.io.IOException;
import java.time.Duration;

final class SteadyCalls {

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

  private final BenchLanes lanes;
  private final Findings findings;
  private final Rung rung;

  SteadyCalls(BenchLanes lanes, Findings findings, Rung rung) {
    this.lanes = lanes;
    this.findings = findings;
    this.rung = rung;
  }

  Tally forDuration(Duration duration) throws IOException, InterruptedException {
    long nanos = duration.toNanos();
    long start = System.nanoTime();
    return Tally.sum(
        lanes.run(
            lane -> {
              CheckedCalls calls = new CheckedCalls(lane, findings);
              Tally tally = new Tally();
              while (System.nanoTime() - start < nanos && !lanes.failed()) {
                rung.call(lane, calls, lane.next(), tally);
              }
              return tally;
            }));
  }

  void times(int count) throws IOException, InterruptedException {
    lanes.run(
        lane -> {
          CheckedCalls calls = new CheckedCalls(lane, findings);
          Tally uncounted = new Tally();
          for (int i = lane.index(); i < count && !lanes.failed(); i += lanes.size()) {
            rung.call(lane, calls, lane.next(), uncounted);
          }
          return lane;
        });
  }
}
