package dev.sluice.service.dispatch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for calls that wait: some to read the store again, one for time-outs. */
public final class WaitThreads {

  private static final Logger LOG = LoggerFactory.getLogger(WaitThreads.class);

  private final ThreadPoolExecutor looks;
  private final ScheduledThreadPoolExecutor timer;

  public WaitThreads(String name, int looking) {
    looks =
        new ThreadPoolExecutor(
            looking,
            looking,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // holds each call that waits once at most
            threads("sluice-" + name + "-look"));
    looks.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, threads("sluice-" + name + "-wait"));
    timer.setRemoveOnCancelPolicy(true); // most end before their time
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Runs on the calling thread after the stop. */
  public void look(Runnable task) {
    try {
      looks.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /** Returns null after the stop. */
  public @Nullable Future<?> later(Runnable task, Duration delay) {
    try {
      return timer.schedule(() -> logged(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return null;
    }
  }

  /** The timer would swallow exceptions. */
  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("Could not end a waiting call", e);
      throw e;
    }
  }

  public void stop() throws InterruptedException {
    timer.shutdownNow();
    looks.shutdown();
    if (!looks.awaitTermination(2, TimeUnit.SECONDS)) {
      looks.shutdownNow();
    }
  }
}
