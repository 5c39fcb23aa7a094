package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.operation.OrgReply;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.hazelcast.journal.Journal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the journal into an empty member before it serves. */
final class Restore {

  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  /** Bounds what is in memory twice meanwhile. */
  private static final int BATCH = 1_000;

  private static final int BATCH_BYTES = 1024 * 1024;

  private final HazelcastInstance member;
  private final Journal journal;
  private final long nowMs;
  private final long leaseMs;
  private final Set<String> damaged = new LinkedHashSet<>();
  private long rows;
  private long batchBytes;

  Restore(HazelcastInstance member, Journal journal, long nowMs, long leaseMs) {
    this.member = member;
    this.journal = journal;
    this.nowMs = nowMs;
    this.leaseMs = leaseMs;
  }

  Set<String> run() {
    long start = System.nanoTime();
    for (StoreTable table : StoreTable.values()) {
      if (table == StoreTable.STATES) {
        states();
      } else {
        map(table);
      }
    }
    if (rows > 0) {
      LOG.info(
          "{} rows of the journal read in {} ms", rows, (System.nanoTime() - start) / 1_000_000);
    }
    damaged.forEach(record -> LOG.warn("{}", record));
    return damaged;
  }

  private void map(StoreTable table) {
    IMap<String, byte[]> map = member.getMap(MemberConfig.mapOf(table));
    Map<String, byte[]> batch = new HashMap<>();
    batchBytes = 0;
    journal.read(
        table,
        (key, value) -> {
          rows++;
          batch.put(new String(key, UTF_8), value);
          batchBytes += value.length;
          if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
            map.setAll(batch);
            batch.clear();
            batchBytes = 0;
          }
        },
        (key, value) -> leaveOut(table, key));
    map.setAll(batch);
  }

  /** Refuses to start if the store can't do without the damaged row. */
  private void leaveOut(StoreTable table, byte[] key) {
    if (table == StoreTable.KEYS || table == StoreTable.REGISTRY || table == StoreTable.NAMES) {
      throw journal.damaged(table, key);
    }
    String name = new String(key, UTF_8).replace(Registry.SEPARATOR, ' ').strip();
    damaged.add("damaged record: " + table.name().toLowerCase(Locale.ROOT) + " " + name);
  }

  private void states() {
    IMap<String, OrgState> orgs = member.getMap(MemberConfig.ORGS);
    @Nullable StateBuilder[] building = new StateBuilder[1];
    journal.read(
        StoreTable.STATES,
        (key, value) -> builder(orgs, building, key).add(new String(key, UTF_8), value),
        (key, value) -> {
          String name = new String(key, UTF_8);
          if (ChangeRows.kind(name) != ChangeRows.SESSION) {
            throw journal.damaged(StoreTable.STATES, key);
          }
          builder(orgs, building, key).keep(name, value);
          damaged.add(
              Registry.warning(new Registry.Damaged(ChangeRows.org(name), ChangeRows.name(name))));
        });
    put(orgs, building[0]);
  }

  private StateBuilder builder(
      IMap<String, OrgState> orgs, @Nullable StateBuilder[] building, byte[] key) {
    rows++;
    String org = ChangeRows.org(new String(key, UTF_8));
    StateBuilder builder = building[0];
    if (builder == null || !builder.org().equals(org)) {
      put(orgs, builder);
      builder = new StateBuilder(org);
      building[0] = builder;
    }
    return builder;
  }

  private void put(IMap<String, OrgState> orgs, @Nullable StateBuilder builder) {
    if (builder != null) {
      orgs.executeOnKey(builder.org(), new PutState(builder.build(nowMs, leaseMs)));
    }
  }

  /** Never serialized: a durable member is alone. */
  private static final class PutState implements EntryProcessor<String, OrgState, OrgReply> {

    private static final long serialVersionUID = 1L;

    private final transient OrgState state;

    PutState(OrgState state) {
      this.state = state;
    }

    @Override
    public @Nullable OrgReply process(Map.Entry<String, OrgState> entry) {
      entry.setValue(state);
      return null;
    }

    @Override
    public @Nullable EntryProcessor<String, OrgState, OrgReply> getBackupProcessor() {
      return null;
    }
  }
}
