package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.Hint;
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
 * Tells the subscribers of one member, on a thread of its own. While that is busy the same hint
 * again is one, but for work: of that there is one an item, up to as many as one step lets in.
 * Without subscribers there is no thread, and nothing is kept.
 */
final class HintBoard {

  private static final Logger LOG = LoggerFactory.getLogger(HintBoard.class);

  private final List<Consumer<Hint>> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private Map<Hint, Integer> pending = new LinkedHashMap<>();
  private boolean waiting;
  private @Nullable Thread thread;

  /** That of a member, whichever backend asks. */
  static HintBoard of(HazelcastInstance member) {
    return (HintBoard)
        member.getUserContext().computeIfAbsent(HintBoard.class.getName(), name -> new HintBoard());
  }

  void subscribe(Consumer<Hint> listener) {
    synchronized (lock) {
      listeners.add(listener);
      if (thread == null) {
        thread = new Thread(this::run, "sluice-hints");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  void unsubscribe(Consumer<Hint> listener) {
    synchronized (lock) {
      listeners.remove(listener);
      if (listeners.isEmpty()) {
        pending.clear();
        lock.notifyAll(); // the thread ends
      }
    }
  }

  /** Forgets all subscribers. */
  void close() {
    synchronized (lock) {
      listeners.clear();
      pending.clear();
      lock.notifyAll();
    }
  }

  void tell(List<Hint> hints) {
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
    return hint.kind() == Hint.Kind.WORK ? Math.min(before + 1, HazelcastWork.AT_ONCE) : before;
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

  /** What is to be told; null once nobody listens. */
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
