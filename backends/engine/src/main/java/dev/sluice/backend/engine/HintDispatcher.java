package dev.sluice.backend.engine;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the subscribers of one process on the thread that tells. */
public final class HintDispatcher implements Hints {

  private static final Logger LOG = LoggerFactory.getLogger(HintDispatcher.class);

  private final List<Consumer<Hint>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public Subscription subscribe(Consumer<Hint> listener) {
    Consumer<Hint> own = listener::accept; // a listener may subscribe twice
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  public void close() {
    listeners.clear();
  }

  public void tell(List<Hint> hints) {
    for (Consumer<Hint> listener : listeners) {
      for (Hint hint : hints) {
        tell(listener, hint);
      }
    }
  }

  private static void tell(Consumer<Hint> listener, Hint hint) {
    try {
      listener.accept(hint);
    } catch (RuntimeException | Error e) { // the operation that tells is done
      LOG.warn("a listener of hints threw", e);
    }
  }
}
