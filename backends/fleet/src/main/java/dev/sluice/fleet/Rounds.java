package dev.sluice.fleet;

import dev.sluice.backend.BackendUnavailableException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a task on a thread of its own, with a rest of ten times what a round took. */
public final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private static final int REST = 10;

  private final String name;
  private final Runnable round;
  private final long leastMs;
  private final long mostMs;
  private final ScheduledExecutorService thread;

  /**
   * @param name of the thread
   * @param leastMs rest, in milliseconds
   * @param mostMs rest
   */
  public Rounds(String name, Runnable round, long leastMs, long mostMs) {
    this.name = name;
    this.round = round;
    this.leastMs = leastMs;
    this.mostMs = mostMs;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  public void start() {
    next(leastMs);
  }

  public void stop() {
    thread.shutdownNow();
  }

  private void next(long ms) {
    thread.schedule(this::run, ms, TimeUnit.MILLISECONDS);
  }

  private void run() {
    long began = System.nanoTime();
    try {
      round.run();
    } catch (BackendUnavailableException e) {
      LOG.debug("A round of {} found no store", name, e);
    } catch (RuntimeException | Error e) {
      LOG.error("A round of {} failed", name, e); // an exception would end the timer
    }
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    if (!thread.isShutdown()) {
      next(Math.max(leastMs, Math.min(REST * tookMs, mostMs)));
    }
  }
}
