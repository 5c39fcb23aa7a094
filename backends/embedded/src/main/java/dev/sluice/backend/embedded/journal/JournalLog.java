package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.memory.ChangeLog;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.store.StoreHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to the journal as rows. */
final class JournalLog implements ChangeLog {

  /**
   * Liveness and counters of mere signs of life are not written. When counters run ahead by this
   * number they are written; a restart skips twice as many.
   */
  static final long MAX_UNWRITTEN_CHANGES = 1L << 19;

  private static final Logger LOG = LoggerFactory.getLogger(JournalLog.class);

  private static final long LOW_SPACE = 256 * 1024 * 1024;

  private final Journal journal;
  private final WireFormat wire;
  private final SigningKeyFile signingKey;
  private final Map<String, Counters> written = new ConcurrentHashMap<>();
  private volatile Set<String> damaged = Set.of();
  private volatile Supplier<List<String>> losses = List::of;

  JournalLog(Journal journal, WireFormat wire) {
    this.journal = journal;
    this.wire = wire;
    signingKey = new SigningKeyFile(journal.directory());
  }

  void noteDamaged(Set<String> records) {
    damaged = records;
  }

  void noteLosses(LongSupplier nowMs) {
    losses = () -> Losses.warnings(journal.losses(), nowMs.getAsLong());
    losses.get().forEach(loss -> LOG.warn("{}", loss));
  }

  @Override
  public void append(String org, List<Change> changes) {
    if (!worthWriting(org, changes)) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    for (Change change : joined(changes)) {
      ChangeRows.add(wire, org, change, rows);
    }
    journal.append(rows);
  }

  /**
   * Moves the counters of a step into its last event, which saves a row, and a page of the journal
   * in most commits. They stay alone in a step that drops events, which may be the ones before.
   */
  private static List<Change> joined(List<Change> changes) {
    Change.PutCounters counters = null;
    Change.LogEvent event = null;
    for (Change change : changes) {
      if (change instanceof Change.DropEvents) {
        return changes;
      } else if (change instanceof Change.PutCounters put) {
        counters = put;
      } else if (change instanceof Change.LogEvent log) {
        event = log;
      }
    }
    if (counters == null || event == null) {
      return changes;
    }
    List<Change> joined = new ArrayList<>(changes.size());
    for (Change change : changes) {
      if (change == event) {
        joined.add(new Change.LogEvent(event.event(), counters.counters()));
      } else if (!(change instanceof Change.PutCounters)) {
        joined.add(change);
      }
    }
    return joined;
  }

  private boolean worthWriting(String org, List<Change> changes) {
    boolean worth = false;
    Counters counters = null;
    for (Change change : changes) {
      if (change instanceof Change.PutCounters put) {
        counters = put.counters();
      } else if (ChangeRows.written(change)) {
        worth = true;
      }
    }
    if (counters == null) {
      return worth;
    }
    Counters before = written.getOrDefault(org, Counters.ZERO);
    if (!worth
        && counters.seq() < before.seq() + MAX_UNWRITTEN_CHANGES
        && counters.token() == before.token()
        && counters.frontMs() == before.frontMs()) {
      return false;
    }
    written.put(org, counters);
    return true;
  }

  /** Public ids are not written: a restart takes them from their items. */
  @Override
  public long put(StoreTable table, Map<String, byte[]> values) {
    if (table == StoreTable.NAMES) {
      return journal.position();
    }
    List<Row> rows = new ArrayList<>(values.size());
    values.forEach((key, value) -> rows.add(Row.put(table, key.getBytes(UTF_8), value)));
    return journal.append(rows);
  }

  @Override
  public long delete(StoreTable table, String key) {
    if (table == StoreTable.NAMES) {
      return journal.position();
    }
    return journal.append(List.of(Row.delete(table, key.getBytes(UTF_8))));
  }

  @Override
  public long position() {
    return journal.position();
  }

  @Override
  public void await(long position) {
    try {
      journal.await(position);
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), true, e);
    }
  }

  @Override
  public void check() {
    try {
      journal.check();
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), false, e);
    }
  }

  @Override
  public StoreHealth health() {
    String problem = journal.problem();
    return problem == null
        ? new StoreHealth(List.of(), warnings())
        : new StoreHealth(List.of(problem), List.of());
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    warnings.addAll(losses.get());
    damaged.stream().limit(Registry.MAX_DAMAGED).forEach(warnings::add);
    try {
      long free = Files.getFileStore(journal.directory()).getUsableSpace();
      if (free < LOW_SPACE) {
        warnings.add(
            "only %d MB left on the disk of dataDirectory %s"
                .formatted(free / (1024 * 1024), journal.directory()));
      }
    } catch (IOException e) {
      warnings.add("dataDirectory " + journal.directory() + " can't be looked at: " + e);
    }
    return warnings;
  }

  @Override
  public @Nullable String signingSecret(String candidate) {
    return signingKey.putIfAbsent(candidate);
  }

  @Override
  public void close() {
    journal.close();
  }
}
