package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.MemoryBudget;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.hazelcast.epoch.Gate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** This process's Hazelcast instance, which a member of a cluster may replace. */
final class HazelcastMember {

  private final StoreTime time;
  private final WireFormat wire;
  private final Gate gate;
  private final AtomicLong lostAnswers = new AtomicLong();
  private volatile Maps maps;

  HazelcastMember(HazelcastInstance member, StoreTime time) {
    this.time = time;
    wire = MemberLayout.of(member);
    gate = gate(member);
    maps = new Maps(member);
  }

  private static final class Maps {

    private final HazelcastInstance member;
    private final IMap<String, OrgState> orgs;
    private final Map<StoreTable, IMap<String, byte[]>> tables = new EnumMap<>(StoreTable.class);

    Maps(HazelcastInstance member) {
      this.member = member;
      orgs = member.getMap(MemberConfig.ORGS);
      for (StoreTable table : StoreTable.values()) {
        if (table != StoreTable.STATES) {
          tables.put(table, member.getMap(MemberConfig.mapOf(table)));
        }
      }
    }
  }

  /** The one object of a type that all backends on a member share. */
  static <T> T shared(HazelcastInstance member, Class<T> type, Supplier<T> maker) {
    return type.cast(member.getUserContext().computeIfAbsent(type.getName(), name -> maker.get()));
  }

  static MemoryBudget budget(HazelcastInstance member) {
    return shared(member, MemoryBudget.class, MemoryBudget::ofHeap);
  }

  static Gate gate(HazelcastInstance member) {
    return member.getUserContext().get(Gate.class.getName()) instanceof Gate gate
        ? gate
        : Gate.OPEN;
  }

  /** Goes on with another instance. */
  void use(HazelcastInstance next) {
    maps = new Maps(next);
  }

  WireFormat wire() {
    return wire;
  }

  Gate gate() {
    return gate;
  }

  HazelcastInstance member() {
    return maps.member;
  }

  IMap<String, OrgState> orgs() {
    return maps.orgs;
  }

  IMap<String, byte[]> map(StoreTable table) {
    return Objects.requireNonNull(maps.tables.get(table), table + " is no map of bytes");
  }

  boolean running() {
    return member().getLifecycleService().isRunning();
  }

  boolean hasOthers() {
    return running() && member().getCluster().getMembers().size() > 1;
  }

  /** Replaces the member's time in tests, epoch ms. */
  OptionalLong givenTime() {
    return time.nowMs();
  }

  /** The given time, else the cluster's, epoch ms. */
  long now() {
    OptionalLong given = time.nowMs();
    return given.isPresent()
        ? given.getAsLong()
        : look(() -> member().getCluster().getClusterTime());
  }

  /** Asks the instance itself, whether it may serve or not. */
  <T> T look(Supplier<T> question) {
    try {
      return question.get();
    } catch (HazelcastInstanceNotActiveException e) {
      throw new BackendUnavailableException("the Hazelcast member is not running", false, e);
    }
  }

  /**
   * @throws BackendUnavailableException if the member is not running, may not serve, doesn't answer
   *     or is too old for the data
   */
  <T> T call(Supplier<T> call) {
    long epoch = gate.number();
    if (epoch == Gate.CLOSED) {
      String why = String.valueOf(gate.problem());
      throw new BackendUnavailableException(why, false, new SplitBrainProtectionException(why));
    }
    if (!running()) {
      throw new BackendUnavailableException(
          "the Hazelcast member is not running", false, new HazelcastInstanceNotActiveException());
    }
    String tooOld = wire.tooOld();
    if (tooOld != null) {
      throw new BackendUnavailableException(tooOld, false, new IllegalStateException(tooOld));
    }
    try {
      T answer = call.get();
      if (!gate.still(epoch)) {
        throw new SplitBrainProtectionException("the members changed during the call");
      }
      return answer;
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
