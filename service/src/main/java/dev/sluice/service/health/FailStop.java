package dev.sluice.service.health;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reacts to a failure that only a restart repairs: lost journal, lost member, full heap. Ends the
 * process or fails {@code /alive}, as configured.
 *
 * <p>An {@link OutOfMemoryError} may surface in any thread and be caught by pools, which log it; so
 * the log is watched.
 */
public final class FailStop {

  /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int EXIT_CODE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(FailStop.class);
  private static final String OUT_OF_MEMORY = "out of memory; start with a larger heap (java -Xmx)";
  private static final Duration MOST_FOR_LAST_LINES = Duration.ofSeconds(5);

  public enum Reaction {
    EXIT,
    STAY
  }

  private final Reaction reaction;
  private final IntConsumer halt;
  private volatile @Nullable Watchdog watchdog;
  private volatile @Nullable String failure;

  /** The last line is written. */
  private volatile boolean said;

  /** Is given up for the last lines. */
  private volatile byte @Nullable [] reserve = new byte[2 * 1024 * 1024];

  public FailStop(Reaction reaction) {
    this(reaction, Runtime.getRuntime()::halt);
  }

  FailStop(Reaction reaction, IntConsumer halt) {
    this.reaction = reaction;
    this.halt = halt;
  }

  public void watchMemory() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> {
          check(problem);
          LOG.error("Thread {} ended", thread.getName(), problem);
        });
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      LogWatch watch = new LogWatch();
      watch.setContext(context);
      watch.start();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(watch);
    }
    new HeapWatch(this).start();
    watchdog = Watchdog.start(System.getenv());
  }

  /** From its first answer on, the front must go on answering, or systemd restarts the process. */
  void follow(Supplier<@Nullable String> front) {
    Watchdog started = watchdog;
    if (started != null) {
      started.follow(front);
    }
  }

  void check(@Nullable Throwable problem) {
    int depth = 0;
    for (Throwable cause = problem; cause != null && depth < 20; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        fail(OUT_OF_MEMORY);
        return;
      }
      depth++;
    }
  }

  /** Ignores all but the first failure. */
  public void fail(String what) {
    if (!isFirst(what)) {
      return;
    }
    if (reaction == Reaction.STAY) {
      LOG.error("{}. /alive answers 503 until a restart (onFailure: stay)", what);
      return;
    }
    try {
      haltAfter(MOST_FOR_LAST_LINES, what); // the log may hang, too
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
        context.stop(); // prints what is still queued
      }
      System.err.println("Sluice ends: " + what);
      said = true;
    } finally {
      halt.accept(EXIT_CODE);
    }
  }

  /** Needs no memory: the first use of an atomic reference would, and a full heap has none. */
  private synchronized boolean isFirst(String what) {
    if (failure != null) {
      return false;
    }
    failure = what;
    reserve = null;
    return true;
  }

  public @Nullable String failure() {
    return failure;
  }

  private void haltAfter(Duration time, String what) {
    byte[] line = ("Sluice ends: " + what + "\n").getBytes(StandardCharsets.UTF_8);
    Thread thread =
        new Thread(
            () -> {
              LockSupport.parkNanos(time.toNanos());
              try {
                sayUnlessSaid(line);
              } finally {
                halt.accept(EXIT_CODE);
              }
            },
            "sluice-halt");
    thread.setDaemon(true);
    thread.start();
  }

  /** Without the lock of {@code System.err}, which the thread that hangs may hold. */
  private void sayUnlessSaid(byte[] line) {
    if (!said) {
      try {
        new FileOutputStream(FileDescriptor.err).write(line);
      } catch (IOException e) {
        // nobody hears it
      }
    }
  }

  private final class LogWatch extends UnsynchronizedAppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
        check(proxy.getThrowable());
      }
    }
  }
}
