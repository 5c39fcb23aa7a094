package dev.sluice.backend.engine;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the subscribers of one process, on its own thread. Equal waiting hints are merged, except
 * for work: one for each item, up to the size of an enqueue step. Without subscribers there is no
 * thread and nothing is kept.
 */
public final class HintDispatcher implements Hints {

  private static final Logger LOG = LoggerFactory.getLogger(HintDispatcher.class);

  private final List<Consumer<Hint>> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private Map<Hint, Integer> pending = new LinkedHashMap<>();
  private boolean waiting;
  private @Nullable Thread thread;

  @Override
  public Subscription subscribe(Consumer<Hint> listener) {
    Consumer<Hint> own = listener::accept; // a listener may subscribe twice
    synchronized (lock) {
      listeners.add(own);
      if (thread == null) {
        thread = new Thread(this::run, "sluice-hints");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return () -> unsubscribe(own);
  }

  private void unsubscribe(Consumer<Hint> listener) {
    synchronized (lock) {
      listeners.remove(listener);
      if (listeners.isEmpty()) {
        pending.clear();
        lock.notifyAll(); // ends the thread
      }
    }
  }

  public void close() {
    synchronized (lock) {
      listeners.clear();
      pending.clear();
      lock.notifyAll();
    }
  }

  public void tell(List<Hint> hints) {
    if (listeners.isEmpty()) {
      return;
    }
    synchronized (lock) {
      hints.forEach(hint -> pending.merge(hint, 1, (before, one) -> more(hint, before)));
      if (waiting) {
        waiting = false;
        lock.notifyAll();
      }
    }
  }

  private static int more(Hint hint, int before) {
    return hint.kind() == Hint.Kind.WORK ? Math.min(before + 1, EngineWork.AT_ONCE) : before;
  }

  private void run() {
    for (List<Hint> hints = next(); hints != null; hints = next()) {
      for (Hint hint : hints) {
        for (Consumer<Hint> listener : listeners) {
          tell(listener, hint);
        }
      }
    }
  }

  private @Nullable List<Hint> next() {
    synchronized (lock) {
      while (pending.isEmpty() && !listeners.isEmpty()) {
        waiting = true;
        try {
          lock.wait();
        } catch (InterruptedException e) {
          LOG.debug("nobody interrupts this thread", e);
        }
      }
      waiting = false;
      if (listeners.isEmpty()) {
        thread = null;
        return null;
      }
      List<Hint> hints = new ArrayList<>();
      pending.forEach((hint, times) -> hints.addAll(Collections.nCopies(times, hint)));
      pending = new LinkedHashMap<>();
      return hints;
    }
  }

  private static void tell(Consumer<Hint> listener, Hint hint) {
    try {
      listener.accept(hint);
    } catch (RuntimeException e) {
      LOG.warn("a listener of hints threw", e);
    }
  }
}
