package dev.sluice.service.dispatch;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.service.errors.Refusals;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the store at a fixed pause, on every node. Before the first sweep it repeats the start
 * task until the store answers.
 *
 * <p>While this node serves no calls, it does not sweep, so the store treats that time as an outage
 * and extends leases afterwards. It only says that it lives, or the others would go on to a layout
 * that it may not know.
 */
public final class SweepTimer implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(SweepTimer.class);

  private final Upkeep upkeep;
  private final Runnable atStart;
  private final Runnable afterSweep;
  private final Duration pause;
  private final Supplier<@Nullable String> front;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-sweep");
            thread.setDaemon(true);
            return thread;
          });
  private boolean started;
  private boolean failing;

  /** {@code front} returns why this node serves no calls, or null. */
  public SweepTimer(
      Upkeep upkeep,
      Runnable atStart,
      Runnable afterSweep,
      Duration pause,
      Supplier<@Nullable String> front) {
    this.upkeep = upkeep;
    this.front = front;
    this.atStart = atStart;
    this.afterSweep = afterSweep;
    this.pause = pause;
  }

  @Override
  public void start() {
    sweep(); // the first one before the port opens: a first start has its keys by then
    executor.scheduleWithFixedDelay(
        this::tick, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws InterruptedException {
    executor.shutdown();
    if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
      executor.shutdownNow();
    }
  }

  /** Corrects a bounded lead of the stored time over the clock. */
  private void bound(String org, long aheadMs) {
    if (StoredTime.beyondBound(aheadMs)) {
      LOG.warn("{}; setting it", StoredTime.warning(org, aheadMs));
      AuditNote note = new AuditNote("sluice", "the stored time was ahead of the clock");
      Refusals.except(Set.of(Refusal.CLOSED), () -> upkeep.setTime(org, note), whileClosed -> null);
    }
  }

  private void tick() {
    if (front.get() == null) {
      sweep();
    } else {
      announce();
    }
  }

  private void announce() {
    try {
      upkeep.nodes();
    } catch (RuntimeException | Error e) {
      LOG.debug("The store wasn't told that this node lives", e);
    }
  }

  private void sweep() {
    try {
      if (!started) {
        atStart.run();
        started = true;
      }
      SweepResult result = upkeep.sweep();
      if (result.leasesLost() + result.acceptsMissed() + result.released() > 0) {
        LOG.info("Swept: {}", result);
      }
      upkeep.timesAhead().forEach(this::bound);
      afterSweep.run();
      if (failing) {
        LOG.info("The store answers again");
        failing = false;
      }
    } catch (BackendUnavailableException e) {
      if (!failing) {
        LOG.warn("The store doesn't answer: {}", e.getMessage());
        failing = true;
      }
    } catch (RuntimeException | Error e) {
      LOG.error("A sweep failed; the next one tries again", e); // an exception would end the timer
    }
  }
}
