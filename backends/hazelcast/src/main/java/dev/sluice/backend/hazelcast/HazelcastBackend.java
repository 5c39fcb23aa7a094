package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.OutOfMemoryHandler;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.EngineBackend;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.store.BackendEnvironment;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class HazelcastBackend extends EngineBackend {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastBackend.class);

  private static final long MAX_WAITING = 1_000_000;

  private static final long MAX_ENDED = 100_000;

  private final HazelcastMember node;
  private final HazelcastStore store;
  private final boolean ownsMember;
  private final @Nullable ClusterMember cluster;
  private volatile boolean closing;

  /**
   * @throws BackendUnavailableException if the member doesn't start
   */
  static HazelcastBackend start(Config config, BackendEnvironment environment) {
    return start(config, environment, member -> {});
  }

  /**
   * @param prepare runs between the start and the first call
   */
  static HazelcastBackend start(
      Config config, BackendEnvironment environment, Consumer<HazelcastInstance> prepare) {
    @Nullable HazelcastInstance member = null;
    try {
      member = Hazelcast.newHazelcastInstance(config);
      prepare.accept(member);
      HazelcastBackend backend = new HazelcastBackend(member, environment, true);
      backend.reportFailures(environment.onFailure());
      return backend;
    } catch (RuntimeException e) {
      shutDown(member);
      throw doesNotStart(e);
    }
  }

  /** Waits until this member serves. */
  static HazelcastBackend startInCluster(ClusterOptions cluster, BackendEnvironment environment) {
    WireFormat wire = MemberLayout.format(Layouts.OF_THIS_BUILD);
    return startInCluster(() -> MemberConfig.inCluster(cluster, wire), cluster, environment);
  }

  /**
   * @param configs give a new configuration, of the same wire format, for each instance
   */
  static HazelcastBackend startInCluster(
      Supplier<Config> configs, ClusterOptions cluster, BackendEnvironment environment) {
    ClusterMember member = new ClusterMember(configs, cluster, environment);
    try {
      while (true) {
        HazelcastInstance instance = member.awaitService();
        HazelcastMember node = new HazelcastMember(instance, environment.time());
        try {
          ClusterHealth.awaitHolders(instance); // enough members are there, since it serves
          HazelcastBackend backend = new HazelcastBackend(store(node, environment), false, member);
          member.use(backend::use);
          member.onAccepted(by -> AcceptedState.note(backend, member.name(), by));
          closeOnFullHeap();
          return backend;
        } catch (BackendUnavailableException
            | HazelcastException
            | HazelcastInstanceNotActiveException
            | CompletionException e) {
          if (node.wire().tooOld() != null) {
            throw e;
          }
          LOG.info("The members changed while this one started: {}", e.getMessage());
        }
      }
    } catch (RuntimeException e) {
      member.close();
      throw doesNotStart(e);
    }
  }

  private static BackendUnavailableException doesNotStart(RuntimeException e) {
    if (e instanceof BackendUnavailableException known) {
      return known;
    }
    // of a layout that this build doesn't know
    String why = e instanceof IllegalStateException ? e.getMessage() : e.toString();
    return new BackendUnavailableException("the Hazelcast member doesn't start: " + why, false, e);
  }

  private static void shutDown(@Nullable HazelcastInstance member) {
    if (member != null) {
      member.shutdown();
    }
  }

  /**
   * @param ownsMember true to shut the member down with the backend
   */
  HazelcastBackend(HazelcastInstance member, BackendEnvironment environment, boolean ownsMember) {
    this(store(new HazelcastMember(member, environment.time()), environment), ownsMember, null);
  }

  private HazelcastBackend(
      HazelcastStore store, boolean ownsMember, @Nullable ClusterMember cluster) {
    super(store);
    this.store = store;
    this.node = store.node();
    this.ownsMember = ownsMember;
    this.cluster = cluster;
  }

  private static HazelcastStore store(HazelcastMember node, BackendEnvironment environment) {
    return new HazelcastStore(
        node,
        environment
            .rules()
            .withDefaults(MAX_WAITING, MAX_ENDED, HazelcastMember.budget(node.member()).room()),
        environment.numbers());
  }

  /** Goes on with another instance, whose data may lack what this one saw and never answered. */
  private void use(HazelcastInstance instance) {
    node.use(instance);
    forgetRecent();
    store.hints().listen();
  }

  /** Reports a member that stopped by itself or ran out of memory: it never serves again. */
  private void reportFailures(Consumer<String> onFailure) {
    node.member()
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.SHUTDOWN && !closing) {
                onFailure.accept("the Hazelcast member has stopped; start again");
              }
            });
    closeOnFullHeap();
  }

  private static void closeOnFullHeap() {
    Hazelcast.setOutOfMemoryHandler(
        new OutOfMemoryHandler() {
          @Override
          public void onOutOfMemory(OutOfMemoryError problem, HazelcastInstance[] members) {
            LOG.error("The Hazelcast member ran out of memory", problem);
            for (HazelcastInstance member : members) {
              tryCloseConnections(member);
              tryShutdown(member);
            }
          }
        });
  }

  HazelcastInstance member() {
    return node.member();
  }

  HazelcastStore store() {
    return store;
  }

  @Override
  public void close() {
    closing = true;
    if (cluster != null) {
      store.hints().close();
      cluster.close();
    } else if (ownsMember) {
      store.hints().close();
      node.member().shutdown();
    }
  }
}
