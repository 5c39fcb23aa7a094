package dev.sluice.service.dispatch;

import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.errors.Refusals;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A request that waits for the end of a batch, without holding a thread: it follows the first
 * session that hasn't ended, then the next.
 */
public final class FollowedBatch {

  /** Items that are looked at first; then four times as many, and so on. */
  private static final int FIRST_LOOK = 16;

  private final FollowedWork followed;
  private final Sessions sessions;
  private final String org;
  private final WorkBatch batch;
  private final Predicate<Stage> visible;
  private final long end;
  private final Runnable answer;
  private final Consumer<Throwable> failed;

  /**
   * @param visible the sessions that count
   * @param answer called once, on any thread, at the end of the batch or of the time; throws
   *     nothing
   * @param failed called instead if the store fails
   */
  public FollowedBatch(
      FollowedWork followed,
      Sessions sessions,
      String org,
      WorkBatch batch,
      Predicate<Stage> visible,
      Duration wait,
      Runnable answer,
      Consumer<Throwable> failed) {
    this.followed = followed;
    this.sessions = sessions;
    this.org = org;
    this.batch = batch;
    this.visible = visible;
    this.end = System.nanoTime() + wait.toNanos();
    this.answer = answer;
    this.failed = failed;
  }

  public void begin() {
    look(0);
  }

  private void look(int from) {
    try {
      int live = live(from);
      long left = end - System.nanoTime();
      while (live >= 0 && left > 0) {
        if (!isOver(live, Duration.ofNanos(left))) {
          return; // a later answer goes on
        }
        live = live(live + 1);
        left = end - System.nanoTime();
      }
      answer.run();
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }

  /**
   * Follows an item. Returns true if it has ended before the return; otherwise the thread that
   * hears of its end looks at the next ones.
   */
  private boolean isOver(int item, Duration wait) {
    AtomicBoolean second = new AtomicBoolean(); // of the return and the end
    Runnable over =
        () -> {
          if (second.getAndSet(true)) {
            look(item + 1);
          }
        };
    try {
      followed.follow(
          org,
          batch.session(item),
          Until.END,
          wait,
          standing -> {
            if (standing.session().place().over()) {
              over.run();
            } else {
              answer.run(); // the time is over, or too many wait
            }
          },
          e -> {
            if (Refusals.isOfUnknownSession(e)) {
              over.run();
            } else {
              failed.accept(e);
            }
          });
    } catch (RuntimeException e) {
      if (!Refusals.isOfUnknownSession(e)) {
        throw e;
      }
      return true; // it had ended, and its record is gone
    }
    return second.getAndSet(true);
  }

  /**
   * Returns the first item that hasn't ended, -1 for none. Items end about in their order, so it is
   * most often one of the next few.
   */
  private int live(int from) {
    int at = from;
    int most = FIRST_LOOK;
    while (at < batch.items()) {
      for (Stage stage : sessions.stages(org, batch.sessions(at, most))) {
        if (visible.test(stage) && !stage.place().over()) {
          return batch.item(stage.id());
        }
      }
      at += most;
      most = Math.min(Page.MAX, 4 * most);
    }
    return -1;
  }
}
