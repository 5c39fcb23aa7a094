package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.sluice.backend.hazelcast.journal.Journal;
import dev.sluice.backend.hazelcast.journal.Table;
import dev.sluice.backend.hazelcast.operation.Reply;
import dev.sluice.backend.hazelcast.state.OrgState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an empty member with what its journal holds, before it serves anybody. */
final class Restore {

  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  private static final int BATCH = 1_000;

  private final HazelcastInstance member;
  private final Journal journal;
  private final long nowMs;
  private final long leaseMs;
  private long rows;

  /**
   * @param nowMs epoch ms
   * @param leaseMs how long the fresh leases are
   */
  Restore(HazelcastInstance member, Journal journal, long nowMs, long leaseMs) {
    this.member = member;
    this.journal = journal;
    this.nowMs = nowMs;
    this.leaseMs = leaseMs;
  }

  void run() {
    long start = System.nanoTime();
    for (Table table : Table.values()) {
      if (table == Table.STATES) {
        states();
      } else {
        map(table);
      }
    }
    LOG.info("{} rows of the journal read in {} ms", rows, (System.nanoTime() - start) / 1_000_000);
  }

  private void map(Table table) {
    IMap<String, byte[]> map = member.getMap(MemberConfig.mapOf(table));
    Map<String, byte[]> batch = new HashMap<>();
    journal.read(
        table,
        (key, value) -> {
          rows++;
          batch.put(new String(key, UTF_8), value);
          if (batch.size() == BATCH) {
            map.setAll(batch);
            batch.clear();
          }
        });
    map.setAll(batch);
  }

  private void states() {
    IMap<String, OrgState> orgs = member.getMap(MemberConfig.ORGS);
    @Nullable StateBuilder[] building = new StateBuilder[1];
    journal.read(
        Table.STATES,
        (bytes, value) -> {
          rows++;
          String key = new String(bytes, UTF_8);
          StateBuilder builder = building[0];
          if (builder == null || !builder.org().equals(ChangeRows.org(key))) {
            put(orgs, builder);
            builder = new StateBuilder(ChangeRows.org(key));
            building[0] = builder;
          }
          builder.add(key, value);
        });
    put(orgs, building[0]);
  }

  private void put(IMap<String, OrgState> orgs, @Nullable StateBuilder builder) {
    if (builder != null) {
      orgs.executeOnKey(builder.org(), new PutState(builder.build(nowMs, leaseMs)));
    }
  }

  /** Puts a state into its entry as it is. Never travels: a durable member is alone. */
  private static final class PutState implements EntryProcessor<String, OrgState, Reply> {

    private static final long serialVersionUID = 1L;

    private final transient OrgState state;

    PutState(OrgState state) {
      this.state = state;
    }

    @Override
    public @Nullable Reply process(Map.Entry<String, OrgState> entry) {
      entry.setValue(state);
      return null;
    }

    @Override
    public @Nullable EntryProcessor<String, OrgState, Reply> getBackupProcessor() {
      return null;
    }
  }
}
