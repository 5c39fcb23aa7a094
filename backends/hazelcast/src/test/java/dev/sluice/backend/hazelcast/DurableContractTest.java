package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.hazelcast.HazelcastContractTest.OnMember;
import dev.sluice.backend.hazelcast.journal.Journal;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.QueueBackendContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a durable member. After all cases, a restart must restore the memory of every org
 * from the journal, with records and indexes.
 */
class DurableContractTest extends QueueBackendContract {

  /** Lines that differ after a restart. */
  private static final Set<String> FRESH =
      Set.of("PutLiveness", "PutCounters", "PutNodes", "leases", "silent");

  @TempDir private static Path directory;

  private static HazelcastInstance member;
  private static MemberJournal journal;

  @BeforeAll
  static void startMember() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
    Journal file = Journal.open(directory);
    file.start();
    journal = new MemberJournal(file);
    journal.attachTo(member);
  }

  @AfterAll
  static void restartedItIsTheSame() {
    Map<String, String> before = dumps(member);
    Map<String, Map<String, String>> bytesBefore = bytes(member);
    member.shutdown();
    journal.close();
    HazelcastInstance restarted = Hazelcast.newHazelcastInstance(MemberConfig.alone());
    try (Journal journal = Journal.open(directory)) {
      new Restore(restarted, journal, 0, Rules.DEFAULTS.leaseMs()).run();
      Map<String, String> after = dumps(restarted);
      String nothing = lines(StateDump.of(new OrgState()));
      assertThat(before).hasSizeGreaterThan(100);
      before.forEach(
          (org, dump) ->
              assertThat(after.getOrDefault(org, nothing)).as("org " + org).isEqualTo(dump));
      assertThat(bytes(restarted)).isEqualTo(bytesBefore);
    } finally {
      restarted.shutdown();
    }
  }

  private static Map<String, String> dumps(HazelcastInstance of) {
    IMap<String, OrgState> orgs = of.getMap(MemberConfig.ORGS);
    Map<String, String> dumps = new TreeMap<>();
    for (String org : orgs.keySet()) {
      String dump = orgs.executeOnKey(org, new Dump());
      // damage made in memory was never journalled
      if (!dump.contains("UnreadableSession")) {
        dumps.put(org, lines(dump));
      }
    }
    return dumps;
  }

  private static String lines(String dump) {
    return dump.lines()
        .filter(line -> FRESH.stream().noneMatch(line::startsWith))
        .collect(Collectors.joining("\n"));
  }

  /** Keys and lengths in the side tables, without what cases removed. */
  private static Map<String, Map<String, String>> bytes(HazelcastInstance of) {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (String name :
        Set.of(
            MemberConfig.NAMES,
            MemberConfig.TEXTS,
            MemberConfig.ACTIVITIES,
            MemberConfig.JOBS,
            MemberConfig.RECORDS,
            MemberConfig.KEYS,
            MemberConfig.ENDED)) {
      IMap<String, byte[]> map = of.getMap(name);
      Map<String, String> entries = new TreeMap<>();
      map.forEach((key, value) -> entries.put(key, java.util.HexFormat.of().formatHex(value)));
      all.put(name, entries);
    }
    return all;
  }

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new OnMember(member, new BackendEnvironment(rules, directory, clock));
  }
}
