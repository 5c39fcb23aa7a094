package dev.sluice.service.health;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the process serves calls, if its unit has {@code WatchdogSec}. Without a word
 * for that time systemd ends the process and starts it again. A start may take any time.
 *
 * <p>The JVM has no datagram sockets of Unix, so {@code systemd-notify} says it.
 */
final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final Runnable tell;
  private volatile @Nullable Supplier<@Nullable String> front;
  private boolean served;

  Watchdog(Runnable tell) {
    this.tell = tell;
  }

  /** Starts none without a unit that asks for it. */
  static Watchdog start(Map<String, String> environment) {
    Watchdog watchdog = new Watchdog(Watchdog::notifySystemd);
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    if (environment.containsKey("NOTIFY_SOCKET") && micros.matches("\\d{1,15}")) {
      Duration pause = Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / 4);
      Thread thread = new Thread(() -> watchdog.run(pause), "sluice-watchdog");
      thread.setDaemon(true);
      thread.start();
    }
    return watchdog;
  }

  /** {@code front} returns why the application port serves no calls, or null. */
  void follow(Supplier<@Nullable String> front) {
    this.front = front;
  }

  private void run(Duration pause) {
    while (true) {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.warn("The watchdog can't tell whether the application port serves", e);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  void look() {
    Supplier<@Nullable String> followed = front;
    boolean serves = followed != null && followed.get() == null;
    served |= serves;
    if (serves || !served) {
      tell.run();
    }
  }

  private static void notifySystemd() {
    try {
      Process process =
          new ProcessBuilder("systemd-notify", "WATCHDOG=1")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.warn("systemd-notify can't be run, so systemd will restart this process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
