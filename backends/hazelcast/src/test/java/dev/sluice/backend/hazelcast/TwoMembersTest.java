package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.Rules;
import dev.sluice.backend.hazelcast.journal.Table;
import dev.sluice.backend.hazelcast.operation.Operation;
import dev.sluice.backend.hazelcast.state.OrgState;
import dev.sluice.backend.hazelcast.state.Samples;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.QueueBackendContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * A second member in another JVM: what users can't have yet, but what makes operations, replies,
 * changes and whole states really travel.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwoMembersTest {

  /** The contract, with about half of its orgs on the other member. */
  @Nested
  class Contract extends QueueBackendContract {

    private static HazelcastInstance first;
    private static SecondMember second;

    @BeforeAll
    static void startMembers() throws Exception {
      first = SecondMember.first();
      second = SecondMember.beside(first);
    }

    @AfterAll
    static void shutMembersDown() {
      second.close();
      first.getLifecycleService().terminate();
    }

    @Override
    protected BackendUnderTest open(Rules rules, MovableClock clock) {
      return new HazelcastContractTest.OnMember(
          first, new BackendEnvironment(rules, Path.of("unused"), clock));
    }
  }

  @Test
  void states_move_and_are_copied_without_a_difference() throws Exception {
    HazelcastInstance first = SecondMember.first();
    try {
      IMap<String, OrgState> map = first.getMap(MemberConfig.ORGS);
      List<String> orgs = IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();
      Map<String, Samples> samples = new HashMap<>();
      orgs.forEach(org -> samples.put(org, new Samples(org.hashCode(), 100)));
      orgs.forEach(org -> run(first, org, samples.get(org), 500));
      Map<String, String> before = dumps(map, orgs);

      try (SecondMember second = SecondMember.beside(first)) {
        assertThat(owners(first, orgs)).hasSize(2);
        assertThat(dumps(map, orgs)).as("after some moved").isEqualTo(before);

        orgs.forEach(org -> run(first, org, samples.get(org), 500));
        before = dumps(map, orgs);
        second.kill();
        SecondMember.awaitAlone(first);
      }

      assertThat(dumps(map, orgs)).as("from the copies").isEqualTo(before);
      assertThat(owners(first, orgs)).hasSize(1);
    } finally {
      first.getLifecycleService().terminate();
    }
  }

  private static void run(HazelcastInstance member, String org, Samples samples, int operations) {
    Grid grid = new Grid(member, () -> OptionalLong.of(samples.nowMs()));
    OrgMap orgs =
        new OrgMap(
            grid,
            member.getMap(MemberConfig.ORGS),
            Samples.rules(),
            Outside.of(grid),
            new Registry(grid, ByteMap.of(member, Table.REGISTRY)),
            new HazelcastHints(grid, member.getTopic(MemberConfig.HINTS)));
    for (int i = 0; i < operations; i++) {
      Operation<?> operation = samples.next();
      try {
        orgs.call(org, operation);
      } catch (dev.sluice.backend.RefusedException e) {
        // is an answer too
      }
    }
  }

  private static Map<String, String> dumps(IMap<String, OrgState> map, List<String> orgs) {
    Map<String, String> dumps = new HashMap<>();
    for (String org : orgs) {
      dumps.put(org, map.executeOnKey(org, new Dump()));
    }
    return dumps;
  }

  private static Set<Member> owners(HazelcastInstance member, List<String> orgs) {
    Set<Member> owners = new HashSet<>();
    for (String org : orgs) {
      owners.add(member.getPartitionService().getPartition(org).getOwner());
    }
    return owners;
  }
}
