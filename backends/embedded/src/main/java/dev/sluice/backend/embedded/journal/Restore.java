package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.memory.MemoryMap;
import dev.sluice.backend.engine.memory.MemoryStore;
import dev.sluice.backend.engine.tables.PublicNames;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.StoreTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the journal into an empty store before it serves. */
final class Restore {

  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  /** Begun first, each by a thread of its own. */
  private static final List<StoreTable> LARGEST = List.of(StoreTable.STATES, StoreTable.ITEMS);

  private final MemoryStore store;
  private final Journal journal;
  private final long nowMs;
  private final long leaseMs;
  private final Set<String> damaged = Collections.synchronizedSet(new TreeSet<>());
  private final LongAdder rows = new LongAdder();

  /** Items of an older file that listed public ids of others. */
  private final List<Row> corrected = new ArrayList<>();

  Restore(MemoryStore store, Journal journal, long nowMs, long leaseMs) {
    this.store = store;
    this.journal = journal;
    this.nowMs = nowMs;
    this.leaseMs = leaseMs;
  }

  Set<String> run() {
    long start = System.nanoTime();
    List<StoreTable> tables = new ArrayList<>(LARGEST);
    tables.addAll(
        EnumSet.complementOf(EnumSet.of(StoreTable.NAMES, LARGEST.toArray(StoreTable[]::new))));
    Queue<StoreTable> left = new ConcurrentLinkedQueue<>(tables);
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), LARGEST.size());
    Stream<Runnable> readers = IntStream.range(1, threads).mapToObj(i -> () -> read(left));
    List<CompletableFuture<Void>> others =
        Stream.concat(Stream.of(journal::requireSound), readers)
            .map(each -> CompletableFuture.runAsync(each, Restore::thread))
            .toList();
    try {
      read(left);
    } finally {
      left.clear();
      // wait for all, even after a failure: the journal is closed then
      others.forEach(other -> other.handle((done, e) -> true).join());
    }
    others.forEach(Restore::join);
    if (journal.hasNames()) {
      journal.dropNames(corrected);
    }
    if (rows.sum() > 0) {
      LOG.info(
          "{} rows of the journal read in {} ms", rows, (System.nanoTime() - start) / 1_000_000);
    }
    damaged.forEach(record -> LOG.warn("{}", record));
    return damaged;
  }

  private static void thread(Runnable task) {
    new Thread(task, "sluice-restore").start();
  }

  private static void join(CompletableFuture<Void> other) {
    try {
      other.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void read(Queue<StoreTable> left) {
    for (StoreTable table = left.poll(); table != null; table = left.poll()) {
      if (table == StoreTable.STATES) {
        states();
      } else if (table == StoreTable.ITEMS) {
        items();
      } else {
        map(table);
      }
    }
  }

  private void map(StoreTable table) {
    MemoryMap map = store.map(table);
    map(table, map::restore);
  }

  private void map(StoreTable table, BiConsumer<byte[], byte[]> restore) {
    journal.read(
        table,
        (key, value) -> {
          rows.increment();
          restore.accept(key, value);
        },
        (key, value) -> leaveOut(table, key));
  }

  /** Makes the public ids of the items. */
  private void items() {
    MemoryMap items = store.map(StoreTable.ITEMS);
    MemoryMap names = store.map(StoreTable.NAMES);
    if (!journal.hasNames()) {
      map(
          StoreTable.ITEMS,
          (key, value) -> {
            items.restore(key, value);
            PublicNames.restore(key, value, names::restore);
          });
      return;
    }
    map(StoreTable.NAMES);
    PublicNames stored = new PublicNames(names);
    map(
        StoreTable.ITEMS,
        (key, value) -> {
          byte[] held = stored.held(key, value);
          if (held != value) {
            corrected.add(Row.put(StoreTable.ITEMS, key, held));
          }
          items.restore(key, held);
        });
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
        (key, value) -> builder(building, key).add(key, value),
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
    rows.increment();
    StateBuilder builder = building[0];
    if (builder == null || !builder.builds(key)) {
      put(builder);
      builder = new StateBuilder(store.wire(), ChangeRows.org(new String(key, UTF_8)));
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
