package dev.sluice.backend.transfer;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs the second halves of steps in order on a thread of its own, each while the caller does the
 * first half of the next one. None runs after one that failed.
 */
public final class SecondStage implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-import");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Future<?> running;

  /**
   * Begins one once the one before is done.
   *
   * @throws RuntimeException that of the one before; then this one never runs
   */
  public void begin(Runnable step) {
    await();
    running = thread.submit(step);
  }

  /**
   * Waits for the last one.
   *
   * @throws RuntimeException its failure
   */
  public void await() {
    Future<?> last = running;
    running = null;
    if (last == null) {
      return;
    }
    boolean interrupted = false;
    try {
      while (!last.isDone()) {
        try {
          last.get();
        } catch (InterruptedException e) {
          interrupted = true; // the outcome must be known
        }
      }
      last.get();
    } catch (ExecutionException | InterruptedException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the last one too. */
  @Override
  public void close() {
    thread.shutdown();
    await();
  }
}
