package dev.sluice.backend.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.engine.memory.MemoryStore;
import dev.sluice.backend.engine.memory.StoreScalpel;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.RepeatingBackend;
import dev.sluice.backend.tck.contract.QueueBackendContract;
import dev.sluice.backend.tck.contract.RepeatingEngine;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a durable process. After each case, a restart must restore the memory of every
 * org from the journal, with records and indexes.
 */
class DurableContractTest extends QueueBackendContract {

  /** Lines that differ after a restart. */
  private static final Set<String> FRESH =
      Set.of("PutFigures", "PutLiveness", "PutCounters", "PutNodes", "PutCall", "leases", "silent");

  @TempDir private static Path directory;

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    Path own = directory.resolve(UUID.randomUUID().toString());
    return new OnDisk(AnswerLog.environment(rules, own, clock));
  }

  private record OnDisk(BackendEnvironment environment, MemoryBackend backend)
      implements BackendUnderTest {

    OnDisk(BackendEnvironment environment) {
      this(environment, JournalBackend.open(environment));
    }

    private StoreScalpel scalpel() {
      return new StoreScalpel(backend);
    }

    @Override
    public QueueBackend anotherNode() {
      return new MemoryBackend(backend.store());
    }

    @Override
    public void damage(String org, String sessionId) {
      scalpel().damage(org, sessionId);
    }

    @Override
    public void loseItem(String org, String sessionId) {
      scalpel().loseItem(org, sessionId);
    }

    @Override
    public List<String> leftovers(String org) {
      return scalpel().leftovers(org);
    }

    @Override
    public String contradictions(String org) {
      return scalpel().contradictions(org);
    }

    @Override
    public RepeatingBackend repeating() {
      return new RepeatingEngine(backend.store());
    }

    @Override
    public void close() {
      backend.close();
      restartedItIsTheSame();
    }

    private void restartedItIsTheSame() {
      Map<String, String> before = dumps(backend.store());
      Map<StoreTable, Map<String, String>> bytesBefore = bytes(backend.store());
      Map<String, Counters> countersBefore = counters(backend.store());
      MemoryBackend restarted = JournalBackend.open(environment);
      try {
        Map<String, String> after = dumps(restarted.store());
        String nothing = lines(StateDump.of(new OrgState()));
        before.forEach(
            (org, dump) ->
                assertThat(after.getOrDefault(org, nothing)).as("org " + org).isEqualTo(dump));
        assertThat(bytes(restarted.store())).isEqualTo(bytesBefore);
        Map<String, Counters> countersAfter = counters(restarted.store());
        countersBefore.forEach(
            (org, counters) -> goOn(org, counters, countersAfter.getOrDefault(org, Counters.ZERO)));
      } finally {
        restarted.close();
      }
    }

    /** No number is given twice, wherever the journal keeps the counters. */
    private static void goOn(String org, Counters before, Counters after) {
      assertThat(after.seq()).as("changes of org " + org).isGreaterThanOrEqualTo(before.seq());
      assertThat(after.token()).as("tokens of org " + org).isEqualTo(before.token());
      assertThat(after.frontMs()).as("front of org " + org).isEqualTo(before.frontMs());
    }

    private static Map<String, Counters> counters(MemoryStore store) {
      Map<String, Counters> counters = new TreeMap<>();
      store.states().forEach((org, state) -> counters.put(org, state.counters()));
      return counters;
    }

    private static Map<String, String> dumps(MemoryStore store) {
      Map<String, String> dumps = new TreeMap<>();
      store
          .states()
          .forEach(
              (org, state) -> {
                String dump = StateDump.of(state);
                // damage made in memory was never written
                if (!dump.contains("UnreadableSession")) {
                  dumps.put(org, lines(dump));
                }
              });
      return dumps;
    }

    private static String lines(String dump) {
      return dump.lines()
          .filter(line -> FRESH.stream().noneMatch(line::startsWith))
          .collect(Collectors.joining("\n"));
    }

    private static Map<StoreTable, Map<String, String>> bytes(MemoryStore store) {
      Map<StoreTable, Map<String, String>> all = new TreeMap<>();
      for (StoreTable table : EnumSet.complementOf(EnumSet.of(StoreTable.STATES))) {
        Map<String, String> entries = new TreeMap<>();
        store
            .map(table)
            .all()
            .forEach((key, value) -> entries.put(key, HexFormat.of().formatHex(value)));
        all.put(table, entries);
      }
      return all;
    }
  }
}
