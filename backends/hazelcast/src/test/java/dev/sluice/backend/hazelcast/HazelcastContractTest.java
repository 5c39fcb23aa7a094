package dev.sluice.backend.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.RepeatingBackend;
import dev.sluice.backend.tck.contract.QueueBackendContract;
import dev.sluice.backend.tck.contract.RepeatingEngine;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastContractTest extends QueueBackendContract {

  private static HazelcastInstance member;

  @BeforeAll
  static void startMember() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
  }

  @AfterAll
  static void shutMemberDown() {
    member.shutdown();
  }

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new OnMember(member, AnswerLog.environment(rules, clock));
  }

  /** A backend on a member that outlives it. */
  record OnMember(
      HazelcastInstance member, HazelcastBackend backend, Supplier<HazelcastBackend> nodes)
      implements BackendUnderTest {

    OnMember(HazelcastInstance member, BackendEnvironment environment) {
      this(member, () -> new HazelcastBackend(member, environment, false));
    }

    private OnMember(HazelcastInstance member, Supplier<HazelcastBackend> nodes) {
      this(member, nodes.get(), nodes);
    }

    OnMember(HazelcastInstance member, HazelcastBackend backend) {
      this(member, backend, () -> backend);
    }

    @Override
    public QueueBackend anotherNode() {
      return nodes.get();
    }

    @Override
    public void damage(String org, String sessionId) {
      IMap<String, OrgState> orgs = member.getMap(MemberConfig.ORGS);
      orgs.executeOnKey(org, new Damage(sessionId));
    }

    @Override
    public void loseItem(String org, String sessionId) {
      IMap<String, byte[]> items = member.getMap(MemberConfig.ITEMS);
      String prefix = org + Registry.SEPARATOR + sessionId + Registry.SEPARATOR;
      items.keySet().stream().filter(key -> key.startsWith(prefix)).forEach(items::delete);
      backend.forgetRecent();
    }

    @Override
    public List<String> leftovers(String org) {
      return Leftovers.of(member, org);
    }

    @Override
    public String contradictions(String org) {
      IMap<String, OrgState> orgs = member.getMap(MemberConfig.ORGS);
      return orgs.executeOnKey(org, new Contradictions());
    }

    @Override
    public RepeatingBackend repeating() {
      return new RepeatingEngine(backend.store());
    }

    /** Keeps later sweeps from visiting this test's orgs. */
    @Override
    public void close() {
      backend.close();
      member.getMap(MemberConfig.REGISTRY).delete("orgs");
    }
  }
}
