package dev.sluice.backend.engine.tables;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Defers deletions until the running calls of this process have ended, so that a call can fetch
 * values the state named when it read it. Without running calls nothing waits.
 */
public final class DeferredDeletes {

  private final Deque<Call> calls = new ArrayDeque<>();

  /** Holds the deletions that wait for it and for earlier calls. */
  private static final class Call {
    private final List<Runnable> deletions = new ArrayList<>(0);
    private boolean over;
  }

  /** Runs a call that reads a state and fetches values it names. */
  public <T> T read(Supplier<T> body) {
    Call call = new Call();
    synchronized (calls) {
      calls.add(call);
    }
    try {
      return body.get();
    } finally {
      end(call).forEach(Runnable::run);
    }
  }

  public void delete(Runnable deletion) {
    synchronized (calls) {
      Call last = calls.peekLast();
      if (last != null) {
        last.deletions.add(deletion);
        return;
      }
    }
    deletion.run();
  }

  private List<Runnable> end(Call call) {
    List<Runnable> due = List.of();
    synchronized (calls) {
      call.over = true;
      for (Call first = calls.peek(); first != null && first.over; first = calls.peek()) {
        calls.remove();
        if (!first.deletions.isEmpty()) {
          due = due.isEmpty() ? new ArrayList<>() : due;
          due.addAll(first.deletions);
        }
      }
    }
    return due;
  }
}
