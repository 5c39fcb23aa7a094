package dev.sluice.service.dispatch;

import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the session after each signal, one read at a time, until it has an answer. */
final class Follower {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final Supplier<Standing> session;
  private final Until until;
  private final Consumer<Standing> answer;
  private final Consumer<Throwable> failed;
  private final WaitThreads threads;

  /** Signals since the last read began; starts at 1 for the first read. */
  private final AtomicInteger signals = new AtomicInteger(1);

  private final AtomicBoolean done = new AtomicBoolean();
  private Runnable whenDone = () -> {};

  private @Nullable Place place;

  private @Nullable SessionState state;
  private volatile boolean over;
  private volatile @Nullable Future<?> end;

  /** The threads run all reads but the first, and the time-out. */
  Follower(
      Supplier<Standing> session,
      Until until,
      Consumer<Standing> answer,
      Consumer<Throwable> failed,
      WaitThreads threads) {
    this.session = session;
    this.until = until;
    this.answer = answer;
    this.failed = failed;
    this.threads = threads;
  }

  /** Call before {@link #begin}. */
  void whenDone(Runnable action) {
    whenDone = action;
  }

  /** Reads on the calling thread, and passes exceptions on. */
  void begin() {
    try {
      look();
    } catch (RuntimeException e) {
      finish();
      throw e;
    }
  }

  boolean isDone() {
    return done.get();
  }

  void endAfter(Duration wait) {
    end = threads.later(this::timeIsOver, wait);
    if (done.get()) {
      cancelEnd();
    }
  }

  void timeIsOver() {
    over = true;
    signal();
  }

  void signal() {
    if (signals.getAndIncrement() == 0) {
      threads.look(this::lookAgain);
    }
  }

  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.debug("a request that follows a session fails", e);
      finish(); // unless it was the answer that failed
      failed.accept(e);
    }
  }

  /** Reads until no signal came meanwhile. */
  private void look() {
    int seen;
    do {
      seen = signals.get();
      boolean last = over;
      Standing now = session.get();
      if ((isNews(now) || last) && finish()) {
        answer.accept(now);
        return; // with signals standing, so that it never looks again
      }
    } while (!signals.compareAndSet(seen, 0));
  }

  private boolean isNews(Standing now) {
    Place nowIn = now.session().place();
    SessionState nowIs = now.session().state();
    if (place == null) {
      place = nowIn;
      state = nowIs;
      SessionState known = until.known();
      return nowIn.over() || (known != null && known != nowIs);
    }
    return until.end() ? nowIn.over() : place != nowIn || state != nowIs;
  }

  private boolean finish() {
    if (!done.compareAndSet(false, true)) {
      return false;
    }
    whenDone.run();
    cancelEnd();
    return true;
  }

  private void cancelEnd() {
    Future<?> scheduled = end;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
