package dev.sluice.backend.hazelcast.epoch;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that don't keep the process alive, and go on after a failure. */
final class Daemons {

  private static final Logger LOG = LoggerFactory.getLogger(Daemons.class);

  private Daemons() {}

  static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.warn("a step towards the next epoch fails", e);
      }
    };
  }

  static ScheduledExecutorService one(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
