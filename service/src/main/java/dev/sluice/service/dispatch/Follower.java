package dev.sluice.service.dispatch;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Standing;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request that follows a session: it looks, at most once at a time, whenever it is told that
 * the session may be another, until it has an answer.
 */
final class Follower {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final Supplier<Standing> session;
  private final @Nullable SessionState known;
  private final Consumer<Standing> answer;
  private final Consumer<Throwable> failed;
  private final WaitThreads threads;

  /** How often it was told to look since it last began to; the first look is owed. */
  private final AtomicInteger signals = new AtomicInteger(1);

  private final AtomicBoolean done = new AtomicBoolean();
  private Runnable whenDone = () -> {};

  /** As it was at the first look; those who look do so one after the other. */
  private @Nullable Place place;

  private @Nullable SessionState state;
  private volatile boolean over;
  private volatile @Nullable Future<?> end;

  /**
   * @param session asks the store
   * @param known the state that the caller knows of, or null
   * @param threads make all looks but the first, and know when its time is over
   */
  Follower(
      Supplier<Standing> session,
      @Nullable SessionState known,
      Consumer<Standing> answer,
      Consumer<Throwable> failed,
      WaitThreads threads) {
    this.session = session;
    this.known = known;
    this.answer = answer;
    this.failed = failed;
    this.threads = threads;
  }

  /** Sets what is done once, when it has its answer or failed; before it begins. */
  void whenDone(Runnable action) {
    whenDone = action;
  }

  /**
   * Looks for the first time, on the caller's thread; whatever the store throws is the caller's.
   */
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

  /** Lets its time be over later. */
  void endAfter(Duration wait) {
    end = threads.later(this::timeIsOver, wait);
    if (done.get()) {
      cancelEnd();
    }
  }

  /** The next look is the last. */
  void timeIsOver() {
    over = true;
    signal();
  }

  /** The session may be another by now. */
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

  /** Looks until nothing has happened meanwhile. */
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
      return nowIn == Place.ENDED || nowIn == Place.DEAD || (known != null && known != nowIs);
    }
    return place != nowIn || state != nowIs;
  }

  /** Answers whether it was not done before. */
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
