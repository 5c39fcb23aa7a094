package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.OutOfMemoryHandler;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.EngineBackend;
import java.util.function.Consumer;
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
  private volatile boolean closing;

  /**
   * @throws BackendUnavailableException if the member doesn't start
   */
  static HazelcastBackend start(Config config, BackendEnvironment environment) {
    return start(config, environment, member -> {});
  }

  /** Waits for the quorum. */
  static HazelcastBackend startInCluster(ClusterOptions cluster, BackendEnvironment environment) {
    return startInCluster(MemberConfig.inCluster(cluster), cluster, environment);
  }

  static HazelcastBackend startInCluster(
      Config config, ClusterOptions cluster, BackendEnvironment environment) {
    return start(
        config,
        environment,
        member -> {
          ClusterHealth.expect(member, cluster.members().size());
          ClusterHealth.awaitMembers(member, cluster.quorum());
        });
  }

  /**
   * Shuts the member down again if it can't serve.
   *
   * @param prepare runs between the start and the first call
   */
  private static HazelcastBackend start(
      Config config, BackendEnvironment environment, Consumer<HazelcastInstance> prepare) {
    @Nullable HazelcastInstance member = null;
    try {
      member = Hazelcast.newHazelcastInstance(config);
      prepare.accept(member);
      HazelcastBackend backend = new HazelcastBackend(member, environment, true);
      backend.reportFailures(environment.onFailure());
      return backend;
    } catch (IllegalStateException e) { // of a layout that this build doesn't know
      shutDown(member);
      throw new BackendUnavailableException(
          "the Hazelcast member doesn't start: " + e.getMessage(), false, e);
    } catch (RuntimeException e) {
      shutDown(member);
      throw e instanceof BackendUnavailableException
          ? e
          : new BackendUnavailableException("the Hazelcast member doesn't start: " + e, false, e);
    }
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
    this(
        new HazelcastStore(
            new HazelcastMember(member, environment.time()),
            environment
                .rules()
                .withDefaults(MAX_WAITING, MAX_ENDED, HazelcastMember.budget(member).room())),
        ownsMember);
  }

  private HazelcastBackend(HazelcastStore store, boolean ownsMember) {
    super(store);
    this.store = store;
    this.node = store.node();
    this.ownsMember = ownsMember;
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

  @Override
  public void close() {
    closing = true;
    if (ownsMember) {
      store.hints().close();
      node.member().shutdown();
    }
  }
}
