package dev.sluice.service.dispatch;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WorkQueue;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a change of a session, without holding threads. Each is registered before
 * its first read, and reads again on a hint or at the end of its time.
 *
 * <p>A lost hint costs the rest of the wait, never the answer. A stop of the service answers all
 * with the current state.
 */
public final class FollowedWork implements Managed, LifeCycle.Listener {

  private static final int THREADS = 4;

  private final WorkQueue work;
  private final Hints hints;
  private final int most;
  private final ConcurrentHashMap<Subject, Set<Follower>> followers = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final WaitThreads threads = new WaitThreads("followed", THREADS);
  private volatile boolean stopping;
  private Hints.@Nullable Subscription subscription;

  private record Subject(String org, String sessionId) {}

  /** Requests beyond {@code most} are answered at once. */
  public FollowedWork(WorkQueue work, Hints hints, int most) {
    this.work = work;
    this.hints = hints;
    this.most = most;
  }

  /**
   * Answers at once if the session has ended, its state differs from the known one, or {@code wait}
   * is zero; else after a change of state or place, or after its end if only that is waited for, or
   * at the end of the time.
   *
   * @param answer called once, on any thread, unless this call throws
   * @param failed called instead if the store fails later
   */
  public void follow(
      String org,
      String sessionId,
      Until until,
      Duration wait,
      Consumer<Standing> answer,
      Consumer<Throwable> failed) {
    if (wait.isZero() || stopping || !mayWait()) {
      answer.accept(work.standing(org, sessionId));
      return;
    }
    Subject subject = new Subject(org, sessionId);
    Follower follower =
        new Follower(() -> work.standing(org, sessionId), until, answer, failed, threads);
    note(subject, follower);
    follower.whenDone(() -> forget(subject, follower));
    follower.begin();
    if (!follower.isDone()) {
      follower.endAfter(wait);
      if (stopping) {
        follower.timeIsOver(); // the stop may have passed over it
      }
    }
  }

  private boolean mayWait() {
    if (count.incrementAndGet() <= most) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  public int waiting() {
    return count.get();
  }

  @Override
  public void start() {
    subscription = hints.subscribe(this::heard);
  }

  /** The server is about to stop and still sends answers. */
  @Override
  public void lifeCycleStopping(LifeCycle event) {
    stopping = true;
    List.copyOf(followers.values()).forEach(all -> all.forEach(Follower::timeIsOver));
  }

  @Override
  public void stop() throws InterruptedException {
    stopping = true;
    if (subscription != null) {
      subscription.close();
    }
    threads.stop();
  }

  private void heard(Hint hint) {
    if (hint.kind() == Hint.Kind.SESSION) {
      followers
          .getOrDefault(new Subject(hint.org(), hint.name()), Set.of())
          .forEach(Follower::signal);
    }
  }

  private void note(Subject subject, Follower follower) {
    followers.compute(
        subject,
        (key, all) -> {
          Set<Follower> those = all == null ? ConcurrentHashMap.newKeySet() : all;
          those.add(follower);
          return those;
        });
  }

  private void forget(Subject subject, Follower follower) {
    followers.computeIfPresent(
        subject,
        (key, all) -> {
          all.remove(follower);
          return all.isEmpty() ? null : all;
        });
    count.decrementAndGet();
  }
}
