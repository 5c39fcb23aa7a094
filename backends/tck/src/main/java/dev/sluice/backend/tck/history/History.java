package dev.sluice.backend.tck.history;

import dev.sluice.backend.tck.MovableClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes a history's calls and records the answers. The callers make a few calls each at once, then
 * wait for an interlude.
 */
final class History {

  /**
   * @param together true for concurrent calls; else in this order
   */
  record Segment(boolean together, List<Made> made) {}

  static final int CALLERS = 8;

  private static final long PATIENCE_S = 60;

  private final long seed;
  private Side side;
  private final int callsEach;
  private final Random random;
  private final List<HistoryCaller> callers = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();
  private final Interlude interlude;

  /** Highest number answered so far. */
  private final AtomicLong highest = new AtomicLong();

  private Consumer<Side> look = where -> {};
  private UnaryOperator<Side> move = where -> where;
  private int clearing;
  private List<Made> alone = new ArrayList<>();

  History(long seed, Side side, int callsEach) {
    this.seed = seed;
    this.side = side;
    this.callsEach = callsEach;
    random = new Random(seed);
    MovableClock clock = side.clock();
    Memory memory = new Memory();
    Queue<Call> echoes = new ConcurrentLinkedQueue<>();
    for (int number = 1; number <= CALLERS; number++) {
      callers.add(new HistoryCaller(seed, number, clock, memory, echoes));
    }
    interlude = new Interlude(random, clock, step -> alone(step).value());
  }

  /** Looks whenever all callers wait. */
  History lookingBy(Consumer<Side> look) {
    this.look = look;
    return this;
  }

  /** Goes on elsewhere after each interlude. */
  History movingBy(UnaryOperator<Side> move) {
    this.move = move;
    return this;
  }

  void together() {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      run(calls -> together(threads, calls));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Makes one call at a time, in a random order fixed by the seed. */
  void inTurns() {
    run(this::inTurns);
  }

  private interface Turn {
    List<Made> of(int calls);
  }

  private void run(Turn turn) {
    interlude.begin();
    for (int left = callsEach; left > 0; ) {
      int calls = Math.min(left, 3 + random.nextInt(5));
      left -= calls;
      endSegment();
      segments.add(new Segment(true, turn.of(calls)));
      look.accept(side);
      // Tells how many numbers were taken; the sweep, what one among the calls left to be done.
      alone(HistoryCalls.counts());
      alone(HistoryCalls.bytes());
      alone(HistoryCalls.sweep());
      interlude.between();
      side = move.apply(side);
      look.accept(side);
      callers.forEach(HistoryCaller::resume);
    }
    interlude.end();
    look.accept(side);
    int before = alone.size();
    interlude.clear();
    clearing = alone.size() - before;
    look.accept(side);
    endSegment();
  }

  List<Segment> segments() {
    return segments;
  }

  /** Number of last steps, which end all sessions. */
  int clearing() {
    return clearing;
  }

  private void endSegment() {
    if (!alone.isEmpty()) {
      segments.add(new Segment(false, alone));
      alone = new ArrayList<>();
    }
  }

  private HistoryAnswer alone(Step step) {
    Made made = make(0, step);
    alone.add(made);
    return made.answer();
  }

  private Made make(int caller, Step step) {
    long atLeast = highest.get();
    HistoryAnswer answer = side.make(step);
    highest.accumulateAndGet(answer.seq(), Math::max);
    return new Made(caller, step, answer, atLeast);
  }

  private Made turn(int caller) {
    HistoryCaller who = callers.get(caller - 1);
    Call call = who.next();
    Made made = make(caller, call);
    who.heard(call, made.answer());
    return made;
  }

  private List<Made> inTurns(int calls) {
    List<Integer> order = new ArrayList<>();
    for (int caller = 1; caller <= CALLERS; caller++) {
      order.addAll(Collections.nCopies(calls, caller));
    }
    Collections.shuffle(order, random);
    return order.stream().map(this::turn).toList();
  }

  private List<Made> together(ExecutorService threads, int calls) {
    List<Callable<List<Made>>> tasks = new ArrayList<>();
    for (int caller = 1; caller <= CALLERS; caller++) {
      int who = caller;
      tasks.add(
          () -> {
            List<Made> made = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
              made.add(turn(who));
            }
            return made;
          });
    }
    List<Made> all = new ArrayList<>();
    try {
      for (Future<List<Made>> each : tasks.stream().map(threads::submit).toList()) {
        all.addAll(each.get(PATIENCE_S, TimeUnit.SECONDS));
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed + ": a caller failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new AssertionError("seed " + seed + ": a caller hangs", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return all;
  }
}
