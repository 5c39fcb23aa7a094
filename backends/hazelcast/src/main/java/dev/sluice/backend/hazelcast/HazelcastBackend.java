package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.OutOfMemoryHandler;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.EngineBackend;
import dev.sluice.backend.hazelcast.journal.Journal;
import dev.sluice.backend.hazelcast.journal.JournalException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue in a Hazelcast member of this process. */
final class HazelcastBackend extends EngineBackend {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastBackend.class);

  /** Most waiting work of an org, unless the rules say otherwise. */
  private static final long MAX_WAITING = 1_000_000;

  /** Most ended sessions of an org, unless the rules say otherwise. */
  private static final long MAX_ENDED = 100_000;

  private final HazelcastMember grid;
  private final HazelcastStore store;
  private final boolean ownsMember;
  private volatile boolean closing;

  /**
   * Starts a member, and a backend that shuts it down when closed.
   *
   * @throws BackendUnavailableException if it doesn't start
   */
  static HazelcastBackend start(Config config, BackendEnvironment environment) {
    return start(config, environment, member -> {});
  }

  /**
   * Starts one member of a cluster. Returns once so many are there that they may serve.
   *
   * @throws BackendUnavailableException if it doesn't start
   */
  static HazelcastBackend startInCluster(ClusterOptions cluster, BackendEnvironment environment) {
    return start(
        MemberConfig.inCluster(cluster),
        environment,
        member -> {
          ClusterHealth.expect(member, cluster.members().size());
          ClusterHealth.awaitMembers(member, cluster.quorum());
        });
  }

  /**
   * Starts a member that keeps all on disk too, with what the data directory holds.
   *
   * @throws BackendUnavailableException if it doesn't start, or the directory can't be used
   */
  static HazelcastBackend startDurable(Config config, BackendEnvironment environment) {
    Journal journal;
    try {
      journal = Journal.open(environment.dataDirectory());
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), false, e);
    }
    MemberJournal disk = new MemberJournal(journal);
    try {
      return start(
          config,
          environment,
          member -> {
            long now = new HazelcastMember(member, environment.time()).now();
            disk.noteDamaged(
                new Restore(member, journal, now, environment.rules().leaseMs()).run());
            journal.start(environment.onFailure());
            disk.hangOn(member);
          });
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /**
   * The one way in: a member that doesn't come as far as to serve is shut down again.
   *
   * @param prepare what must be done between its start and the first call
   */
  private static HazelcastBackend start(
      Config config, BackendEnvironment environment, Consumer<HazelcastInstance> prepare) {
    HazelcastInstance member = null;
    try {
      member = Hazelcast.newHazelcastInstance(config);
      prepare.accept(member);
      HazelcastBackend backend = new HazelcastBackend(member, environment, true);
      backend.tellOfFailures(environment.onFailure());
      return backend;
    } catch (RuntimeException e) {
      if (member != null) {
        member.shutdown();
      }
      if (e instanceof JournalException) {
        throw new BackendUnavailableException(String.valueOf(e.getMessage()), false, e);
      }
      throw e instanceof BackendUnavailableException
          ? e
          : new BackendUnavailableException("the Hazelcast member doesn't start: " + e, false, e);
    }
  }

  /**
   * A backend on a member that runs.
   *
   * @param ownsMember whether closing the backend shuts it down
   */
  HazelcastBackend(HazelcastInstance member, BackendEnvironment environment, boolean ownsMember) {
    this(
        new HazelcastStore(
            new HazelcastMember(member, environment.time()),
            environment
                .rules()
                .withDefaults(MAX_WAITING, MAX_ENDED, MemoryBudget.of(member).room())),
        ownsMember);
  }

  private HazelcastBackend(HazelcastStore store, boolean ownsMember) {
    super(store);
    this.store = store;
    this.grid = store.grid();
    this.ownsMember = ownsMember;
  }

  /** A member that stops by itself never serves again, nor does one without memory. */
  private void tellOfFailures(Consumer<String> onFailure) {
    grid.member()
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

  @Override
  public void close() {
    closing = true;
    if (ownsMember) {
      store.hints().close();
      grid.member().shutdown();
      MemberJournal disk = store.disk();
      if (disk != null) {
        disk.close();
      }
    }
  }
}
