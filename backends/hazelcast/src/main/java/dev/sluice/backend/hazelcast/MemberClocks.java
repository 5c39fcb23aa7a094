package dev.sluice.backend.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the members' clocks for health, rarely and for a short time. */
final class MemberClocks {

  static final long MAX_DIFFERENCE_MS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(MemberClocks.class);
  private static final String EXECUTOR = "sluice.clocks";
  private static final String CLOCK = "sluice.clock";
  private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PATIENCE_MS = 1_000;

  private final HazelcastInstance member;
  private Set<Member> asked = Set.of();
  private long askedNanos;
  private List<String> warnings = List.of();

  private MemberClocks(HazelcastInstance member) {
    this.member = member;
  }

  static MemberClocks of(HazelcastInstance member) {
    return HazelcastMember.shared(member, MemberClocks.class, () -> new MemberClocks(member));
  }

  /** Sets a clock in epoch ms, for tests. */
  static void replace(HazelcastInstance member, LongSupplier clock) {
    member.getUserContext().put(CLOCK, clock);
  }

  private static long timeOf(HazelcastInstance member) {
    return member.getUserContext().get(CLOCK) instanceof LongSupplier clock
        ? clock.getAsLong()
        : System.currentTimeMillis();
  }

  synchronized List<String> warnings() {
    Set<Member> members = member.getCluster().getMembers();
    long now = System.nanoTime();
    if (!members.equals(asked) || now - askedNanos > ASK_AGAIN_NANOS) {
      warnings = ask(members);
      asked = Set.copyOf(members);
      askedNanos = now;
    }
    return warnings;
  }

  private List<String> ask(Set<Member> members) {
    long nanos = System.nanoTime();
    long before = timeOf(member);
    Map<Member, Future<Long>> asking = new LinkedHashMap<>();
    for (Member other : members) {
      if (!other.localMember()) {
        Future<Long> answer = ask(other);
        if (answer != null) {
          asking.put(other, answer);
        }
      }
    }
    List<String> found = new ArrayList<>(0);
    asking.forEach(
        (other, answer) -> {
          long left = PATIENCE_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
          Long there = answer(answer, Math.max(0, left));
          if (there != null) {
            // the answer was given between before and now
            long after = before + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
            if (there > after + MAX_DIFFERENCE_MS) {
              found.add(warning(other, there - after));
            } else if (there < before - MAX_DIFFERENCE_MS) {
              found.add(warning(other, there - before));
            }
          }
        });
    return found;
  }

  private @Nullable Future<Long> ask(Member other) {
    try {
      return member.getExecutorService(EXECUTOR).submitToMember(new WhatTimeIsIt(), other);
    } catch (HazelcastException
        | HazelcastInstanceNotActiveException
        | RejectedExecutionException e) {
      LOG.debug("{} can't be asked for its time", other, e);
      return null;
    }
  }

  private static @Nullable Long answer(Future<Long> answer, long patienceMs) {
    try {
      return answer.get(patienceMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("no time came back", e); // other checks report a broken member
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private static String warning(Member other, long differenceMs) {
    return String.format(
        Locale.ROOT,
        "the clock of member %s:%d differs from this one's by %.1f s",
        other.getAddress().getHost(),
        other.getAddress().getPort(),
        differenceMs / 1_000.0);
  }

  @SuppressWarnings("serial") // travels by OrgSerialization
  static final class WhatTimeIsIt implements Callable<Long>, HazelcastInstanceAware {

    private transient @Nullable HazelcastInstance member;

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
      member = hazelcastInstance;
    }

    @Override
    public Long call() {
      HazelcastInstance here = member;
      return here == null ? System.currentTimeMillis() : timeOf(here);
    }
  }
}
