package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.Upkeep;
import dev.sluice.backend.WorkQueue;
import dev.sluice.backend.Workers;
import dev.sluice.backend.hazelcast.state.OrgState;

/** The queue in a Hazelcast member of this process. */
final class HazelcastBackend implements QueueBackend {

  private final Grid grid;
  private final boolean ownsMember;
  private final HazelcastWork work;
  private final HazelcastWorkers workers;
  private final HazelcastSessions sessions;
  private final HazelcastInboxes inboxes;
  private final HazelcastCredentials credentials;
  private final HazelcastUpkeep upkeep;

  /**
   * Starts a member, and a backend that shuts it down when closed.
   *
   * @throws BackendUnavailableException if it doesn't start
   */
  static HazelcastBackend start(Config config, BackendEnvironment environment) {
    HazelcastInstance member;
    try {
      member = Hazelcast.newHazelcastInstance(config);
    } catch (RuntimeException e) {
      throw new BackendUnavailableException("the Hazelcast member doesn't start: " + e, false, e);
    }
    try {
      return new HazelcastBackend(member, environment, true);
    } catch (RuntimeException e) {
      member.shutdown();
      throw e;
    }
  }

  /**
   * A backend on a member that runs.
   *
   * @param ownsMember whether closing the backend shuts it down
   */
  HazelcastBackend(HazelcastInstance member, BackendEnvironment environment, boolean ownsMember) {
    this.ownsMember = ownsMember;
    grid = new Grid(member, environment.time());
    IMap<String, byte[]> registryMap = member.getMap(MemberConfig.REGISTRY);
    Registry registry = new Registry(grid, registryMap);
    registry.checkVersion();
    Blobs texts = new Blobs(grid, member.getMap(MemberConfig.TEXTS));
    Blobs items = new Blobs(grid, member.getMap(MemberConfig.ITEMS));
    IMap<String, OrgState> states = member.getMap(MemberConfig.ORGS);
    OrgMap orgs = new OrgMap(grid, states, environment.rules(), texts, registry);
    work = new HazelcastWork(orgs, items, registry);
    workers = new HazelcastWorkers(orgs, items, texts, registry);
    sessions = new HazelcastSessions(orgs, new Items(items), texts);
    inboxes = new HazelcastInboxes(orgs, texts);
    credentials = new HazelcastCredentials(grid, member.getMap(MemberConfig.KEYS), registryMap);
    upkeep = new HazelcastUpkeep(grid, orgs, registry);
  }

  @Override
  public WorkQueue work() {
    return work;
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Inboxes inboxes() {
    return inboxes;
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public Upkeep upkeep() {
    return upkeep;
  }

  @Override
  public void close() {
    if (ownsMember) {
      grid.member().shutdown();
    }
  }
}
