package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Lets concurrent calls of an org share a request. While one request is under way, the calls that
 * come meanwhile wait; one of them then sends all that wait. So a call that comes alone is sent at
 * once, and under load Redis reads and writes the org once for many calls. With two requests under
 * way at a time, Redis and this process did more for a call (docs/benchmarks.md).
 */
final class CallLanes {

  /** Answers of polls have up to 4 MiB each. */
  private static final int MOST_CALLS = 16;

  private final Function<List<Call>, List<Object>> send;
  private final long waitMs;
  private final Map<Key, Lane> lanes = new ConcurrentHashMap<>();

  /** Calls that may be sent again don't share a request with others. */
  private record Key(String org, boolean again) {}

  /**
   * @param send returns the answer or error of each call, or throws for all
   * @param waitMs how long a call waits for the request before it
   */
  CallLanes(Function<List<Call>, List<Object>> send, long waitMs) {
    this.send = send;
    this.waitMs = waitMs;
  }

  /**
   * Returns the answer to a call, or its error.
   *
   * @throws BackendUnavailableException if the call waited in vain, or its request failed
   */
  Object answer(Call call) {
    Key key = new Key(call.run().org(), call.function().again());
    return lanes.computeIfAbsent(key, none -> new Lane()).answer(call);
  }

  /** How many calls wait now. */
  int waiting(String org, boolean again) {
    Lane lane = lanes.get(new Key(org, again));
    return lane == null ? 0 : lane.size();
  }

  private static final class Waiting {
    final Call call;

    /** The answer, or {@link #NEXT} for the one that sends next. */
    final CompletableFuture<Object> answer = new CompletableFuture<>();

    Waiting(Call call) {
      this.call = call;
    }
  }

  private static final Object NEXT = new Object();

  private final class Lane {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    Object answer(Call call) {
      Waiting mine = new Waiting(call);
      if (waits(mine)) {
        Object answer = await(mine);
        if (answer != NEXT) {
          return answer;
        }
      }
      return sendWith(mine);
    }

    private synchronized boolean waits(Waiting mine) {
      if (busy) {
        waiting.add(mine);
        return true;
      }
      busy = true;
      return false;
    }

    private synchronized int size() {
      return waiting.size();
    }

    private synchronized boolean leaves(Waiting mine) {
      return waiting.remove(mine);
    }

    private Object await(Waiting mine) {
      boolean interrupted = false;
      long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
      try {
        while (true) {
          try {
            return mine.answer.get(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
          } catch (TimeoutException e) {
            if (leaves(mine)) {
              throw new BackendUnavailableException("the calls before it took too long", false, e);
            }
            // It is on its way, which takes a bounded time.
            limit = Long.MAX_VALUE;
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            throw failure(e);
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static RuntimeException failure(ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    }

    private Object sendWith(Waiting mine) {
      List<Waiting> group = group(mine);
      try {
        List<Object> answers = send.apply(group.stream().map(one -> one.call).toList());
        for (int i = 1; i < group.size(); i++) {
          group.get(i).answer.complete(answers.get(i));
        }
        return answers.get(0);
      } catch (RuntimeException | Error e) {
        group.forEach(one -> one.answer.completeExceptionally(e));
        throw e;
      } finally {
        passOn();
      }
    }

    /** Takes those that wait, as far as they fit into a request. */
    private synchronized List<Waiting> group(Waiting mine) {
      List<Waiting> group = new ArrayList<>();
      group.add(mine);
      List<Call> calls = new ArrayList<>(List.of(mine.call));
      while (!waiting.isEmpty() && group.size() < MOST_CALLS) {
        calls.add(waiting.getFirst().call);
        if (Call.groups(calls).size() > 1) {
          break;
        }
        group.add(waiting.removeFirst());
      }
      return group;
    }

    private synchronized void passOn() {
      Waiting next = waiting.poll();
      busy = next != null;
      if (next != null) {
        next.answer.complete(NEXT);
      }
    }
  }
}
