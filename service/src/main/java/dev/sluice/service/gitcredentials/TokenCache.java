package dev.sluice.service.gitcredentials;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.gitcredentials.GitCredentialsException.Reach;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One load at a time for a key. After a failure it backs off and fails calls at once. A token that
 * can't be renewed is used until it expires.
 *
 * <p>At most 8 loads run at once on their own threads; 1,000 may wait; 10,000 keys are remembered.
 */
final class TokenCache<K> implements AutoCloseable {

  /** May block for a bounded time. */
  @FunctionalInterface
  interface Loader<K> {
    GitToken load(K key) throws GitCredentialsException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(TokenCache.class);

  private static final GitCredentialsException LEFT_ALONE =
      new GitCredentialsException(Reach.ALL, "left alone for a while");

  private static final int THREADS = 8;
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_KEYS = 10_000;

  private final Clock clock;
  private final Loader<K> loader;
  private final BackOff all = new BackOff();
  private final ExecutorService executor;
  private final Cache<K, Slot> slots = Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

  TokenCache(Clock clock, Loader<K> loader) {
    this.clock = clock;
    this.loader = loader;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "sluice-git-credentials");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.executor = pool;
  }

  /** Empty if there is none for this key; failed if none can be had now. */
  CompletableFuture<Optional<GitToken>> get(K key) {
    return slots.get(key, Slot::new).get();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private final class Slot {
    private final K key;
    private final BackOff own = new BackOff();
    private @Nullable GitToken token;
    private @Nullable CompletableFuture<Optional<GitToken>> loading;

    Slot(K key) {
      this.key = key;
    }

    synchronized CompletableFuture<Optional<GitToken>> get() {
      Instant now = clock.instant();
      if (token != null && now.isBefore(token.renewAt())) {
        return CompletableFuture.completedFuture(Optional.of(token));
      }
      if (loading != null) {
        return loading;
      }
      if (own.holds(now)) {
        return CompletableFuture.completedFuture(Optional.ofNullable(lastResort(now)));
      }
      if (all.holds(now)) {
        return lastResortOr(now, LEFT_ALONE);
      }
      CompletableFuture<Optional<GitToken>> started = new CompletableFuture<>();
      try {
        executor.execute(() -> load(started));
      } catch (RejectedExecutionException e) {
        return lastResortOr(now, new GitCredentialsException(Reach.ALL, "too many are waited for"));
      }
      loading = started;
      return started;
    }

    private void load(CompletableFuture<Optional<GitToken>> started) {
      try {
        if (all.holds(clock.instant())) { // it has waited, and another failed meanwhile
          end(started, done(null), LEFT_ALONE);
          return;
        }
        GitToken loaded = loader.load(key);
        own.succeeded();
        all.succeeded();
        done(loaded);
        started.complete(Optional.of(loaded));
      } catch (GitCredentialsException e) {
        failed(started, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed(started, new GitCredentialsException(Reach.ALL, "the service stops"));
      } catch (RuntimeException e) { // whose message may quote what it could not read
        LOG.error("Git credentials: {} at {}", e.getClass().getName(), e.getStackTrace()[0]);
        failed(started, new GitCredentialsException(Reach.ONE, "an unexpected error"));
      }
    }

    private void failed(
        CompletableFuture<Optional<GitToken>> started, GitCredentialsException problem) {
      BackOff backOff = problem.reach() == Reach.ALL ? all : own;
      if (backOff.failed(clock.instant(), problem.atLeast())) {
        LOG.warn("No git credentials for {} for now: {}", key, problem.getMessage());
      } else {
        LOG.debug("No git credentials for {} for now: {}", key, problem.getMessage());
      }
      end(started, done(null), problem);
    }

    private void end(
        CompletableFuture<Optional<GitToken>> started,
        @Nullable GitToken old,
        GitCredentialsException problem) {
      if (old != null || problem.reach() == Reach.ONE) {
        started.complete(Optional.ofNullable(old));
      } else {
        started.completeExceptionally(problem);
      }
    }

    private synchronized @Nullable GitToken done(@Nullable GitToken loaded) {
      loading = null;
      if (loaded != null) {
        token = loaded;
      }
      return lastResort(clock.instant());
    }

    private CompletableFuture<Optional<GitToken>> lastResortOr(
        Instant now, GitCredentialsException problem) {
      GitToken old = lastResort(now);
      return old == null
          ? CompletableFuture.failedFuture(problem)
          : CompletableFuture.completedFuture(Optional.of(old));
    }

    private synchronized @Nullable GitToken lastResort(Instant now) {
      return token != null && now.plus(Duration.ofMinutes(1)).isBefore(token.expiresAt())
          ? token
          : null;
    }
  }
}
