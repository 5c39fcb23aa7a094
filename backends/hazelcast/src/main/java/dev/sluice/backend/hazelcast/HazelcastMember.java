package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.HazelcastOverloadException;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.MemoryBudget;
import dev.sluice.backend.engine.wire.WireFormat;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

final class HazelcastMember {

  private final HazelcastInstance member;
  private final StoreTime time;
  private final WireFormat wire;
  private final AtomicLong lostAnswers = new AtomicLong();

  HazelcastMember(HazelcastInstance member, StoreTime time) {
    this.member = member;
    this.time = time;
    wire = MemberLayout.of(member);
  }

  /** The one object of a type that all backends on a member share. */
  static <T> T shared(HazelcastInstance member, Class<T> type, Supplier<T> maker) {
    return type.cast(member.getUserContext().computeIfAbsent(type.getName(), name -> maker.get()));
  }

  static MemoryBudget budget(HazelcastInstance member) {
    return shared(member, MemoryBudget.class, MemoryBudget::ofHeap);
  }

  WireFormat wire() {
    return wire;
  }

  HazelcastInstance member() {
    return member;
  }

  boolean running() {
    return member.getLifecycleService().isRunning();
  }

  boolean hasOthers() {
    return running() && member.getCluster().getMembers().size() > 1;
  }

  /** Replaces the member's time in tests, epoch ms. */
  OptionalLong givenTime() {
    return time.nowMs();
  }

  /** The given time, else the cluster's, epoch ms. */
  long now() {
    OptionalLong given = time.nowMs();
    return given.isPresent() ? given.getAsLong() : member.getCluster().getClusterTime();
  }

  /**
   * @throws BackendUnavailableException if the member is not running, doesn't answer or is too old
   *     for the data
   */
  <T> T call(Supplier<T> call) {
    if (!running()) {
      throw new BackendUnavailableException(
          "the Hazelcast member is not running", false, new HazelcastInstanceNotActiveException());
    }
    String tooOld = wire.tooOld();
    if (tooOld != null) {
      throw new BackendUnavailableException(tooOld, false, new IllegalStateException(tooOld));
    }
    try {
      return call.get();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause && isOutage(cause)
          ? unavailable(cause)
          : e;
    } catch (RuntimeException e) {
      throw isOutage(e) ? unavailable(e) : e;
    }
  }

  long lostAnswers() {
    return lostAnswers.get();
  }

  void run(Runnable call) {
    call(
        () -> {
          call.run();
          return true;
        });
  }

  private BackendUnavailableException unavailable(RuntimeException e) {
    boolean neverBegan = e instanceof HazelcastOverloadException;
    if (!neverBegan) {
      lostAnswers.incrementAndGet();
    }
    return new BackendUnavailableException("Hazelcast: " + e, !neverBegan, e);
  }

  private static boolean isOutage(RuntimeException e) {
    return e instanceof HazelcastException || e instanceof HazelcastInstanceNotActiveException;
  }
}
