package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes many calls that wait for other members at once, on a few threads: one after the other they
 * would wait for each in turn. Calls for many keys at once, as Hazelcast has them, are no way out
 * where a change must not be lost: they return before its copy is on the second member.
 */
final class ParallelCalls {

  private static final int THREADS = 8;

  /** Fewer calls a thread aren't worth waking one. */
  private static final int LEAST_EACH = 4;

  private final HazelcastInstance member;
  private final ThreadPoolExecutor threads;

  private ParallelCalls(HazelcastInstance member) {
    this.member = member;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // holds what callers wait for
            task -> {
              Thread thread = new Thread(task, "sluice-spread");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true); // so that nobody has to end them
  }

  /** That of a member, whichever backend asks. */
  static ParallelCalls of(HazelcastInstance member) {
    return (ParallelCalls)
        member
            .getUserContext()
            .computeIfAbsent(ParallelCalls.class.getName(), name -> new ParallelCalls(member));
  }

  /** Whether there is no second member to wait for. */
  boolean alone() {
    return member.getCluster().getMembers().size() == 1;
  }

  /**
   * Calls for each, in no order; returns when all are done. Alone, this member makes them by
   * itself.
   *
   * @throws CompletionException if one failed, once all are over
   */
  <T> void each(List<T> all, Consumer<T> call) {
    int parts = alone() ? 1 : Math.min(THREADS, all.size() / LEAST_EACH);
    if (parts < 2) {
      all.forEach(call);
      return;
    }
    CompletableFuture.allOf(
            IntStream.range(0, parts)
                .mapToObj(part -> all.subList(start(all, part, parts), start(all, part + 1, parts)))
                .map(some -> CompletableFuture.runAsync(() -> some.forEach(call), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static int start(List<?> all, int part, int parts) {
    return all.size() * part / parts;
  }
}
