package dev.sluice.backend.hazelcast.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.memory.MemoryMap;
import dev.sluice.backend.engine.memory.MemoryStore;
import dev.sluice.backend.engine.tables.Registry;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the journal into an empty store before it serves. */
final class Restore {

  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  private final MemoryStore store;
  private final Journal journal;
  private final long nowMs;
  private final long leaseMs;
  private final Set<String> damaged = new LinkedHashSet<>();
  private long rows;

  Restore(MemoryStore store, Journal journal, long nowMs, long leaseMs) {
    this.store = store;
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
    MemoryMap map = store.map(table);
    journal.read(
        table,
        (key, value) -> {
          rows++;
          map.restore(key, value);
        },
        (key, value) -> leaveOut(table, key));
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
    @Nullable StateBuilder[] building = new StateBuilder[1];
    journal.read(
        StoreTable.STATES,
        (key, value) -> builder(building, key).add(new String(key, UTF_8), value),
        (key, value) -> {
          String name = new String(key, UTF_8);
          if (ChangeRows.kind(name) != ChangeRows.SESSION) {
            throw journal.damaged(StoreTable.STATES, key);
          }
          builder(building, key).keep(name, value);
          damaged.add(
              Registry.warning(new Registry.Damaged(ChangeRows.org(name), ChangeRows.name(name))));
        });
    put(building[0]);
  }

  private StateBuilder builder(@Nullable StateBuilder[] building, byte[] key) {
    rows++;
    String org = ChangeRows.org(new String(key, UTF_8));
    StateBuilder builder = building[0];
    if (builder == null || !builder.org().equals(org)) {
      put(builder);
      builder = new StateBuilder(org);
      building[0] = builder;
    }
    return builder;
  }

  private void put(@Nullable StateBuilder builder) {
    if (builder != null) {
      store.restore(builder.org(), builder.build(nowMs, leaseMs));
    }
  }
}
