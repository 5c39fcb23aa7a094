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
 * Makes many calls that wait for other members, on a few threads. Hazelcast's own bulk calls don't
 * wait for the copy.
 */
final class ParallelCalls {

  private static final int THREADS = 8;

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
            new LinkedBlockingQueue<>(), // holds only what callers wait for
            task -> {
              Thread thread = new Thread(task, "sluice-spread");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true); // so the pool needs no shutdown
  }

  static ParallelCalls of(HazelcastInstance member) {
    return HazelcastMember.shared(member, ParallelCalls.class, () -> new ParallelCalls(member));
  }

  boolean alone() {
    return member.getCluster().getMembers().size() == 1;
  }

  /**
   * Calls in no order; returns when all are done. Without other members it runs on the calling
   * thread.
   *
   * @throws CompletionException if a call failed, once all are done
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
