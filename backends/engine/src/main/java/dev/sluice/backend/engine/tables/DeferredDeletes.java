package dev.sluice.backend.engine.tables;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lets the calls of this process fetch what a state named when they looked at it, although it may
 * name it no more: what is to be deleted waits for the calls that were under way. When nobody
 * calls, nothing waits.
 */
public final class DeferredDeletes {

  private final Deque<Call> calls = new ArrayDeque<>();

  /** A call under way, and what waits for it and for all that began before it. */
  private static final class Call {
    private final List<Runnable> deletions = new ArrayList<>(0);
    private boolean over;
  }

  /** Makes a call that first asks a state and then fetches what it names. */
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

  /** Deletes something as soon as all calls are over that are under way now. */
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
