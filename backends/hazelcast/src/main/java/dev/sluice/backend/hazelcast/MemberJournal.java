package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.hazelcast.journal.Journal;
import dev.sluice.backend.hazelcast.journal.JournalException;
import dev.sluice.backend.hazelcast.journal.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a durable member, as the rest of this backend uses it. It hangs on the member, so
 * that what runs inside of it finds it.
 */
final class MemberJournal {

  private static final String CONTEXT = "sluice.disk";

  /**
   * Signs of life change nothing but pulses and counters, and are not written. So that a restart
   * still finds counters near to the last ones, they are written when they ran ahead so far; a
   * restart then jumps over twice as many.
   */
  static final long MAX_UNWRITTEN_CHANGES = 1L << 19;

  /** Fewer free bytes on the disk are worth a warning. */
  private static final long LOW_SPACE = 256 * 1024 * 1024;

  private final Journal journal;
  private final SigningKeyFile signingKey;
  private final Map<String, Long> writtenSeqs = new HashMap<>();
  private volatile Set<String> damaged = Set.of();

  MemberJournal(Journal journal) {
    this.journal = journal;
    signingKey = new SigningKeyFile(journal.directory());
  }

  SigningKeyFile signingKey() {
    return signingKey;
  }

  /** Notes the damaged records that the start met, for health to name them. */
  void noteDamaged(Set<String> records) {
    damaged = records;
  }

  /** What an operator should look at. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
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

  /** The member's; null if it isn't durable. */
  static @Nullable MemberJournal of(HazelcastInstance member) {
    return (MemberJournal) member.getUserContext().get(CONTEXT);
  }

  /** Makes a member durable. */
  void hangOn(HazelcastInstance member) {
    member.getUserContext().put(CONTEXT, this);
  }

  /** Writes what was applied to an org's state. Called in the order in which it was applied. */
  void append(String org, List<Change> changes) {
    if (!worthWriting(org, changes)) {
      return;
    }
    List<Row> written = new ArrayList<>();
    for (Change change : changes) {
      ChangeRows.add(org, change, written);
    }
    journal.append(written);
  }

  private boolean worthWriting(String org, List<Change> changes) {
    boolean worth = false;
    long seq = 0;
    for (Change change : changes) {
      if (change instanceof Change.PutCounters put) {
        seq = put.counters().seq();
      } else if (ChangeRows.written(change)) {
        worth = true;
      }
    }
    synchronized (writtenSeqs) {
      long written = writtenSeqs.getOrDefault(org, 0L);
      if (!worth && seq < written + MAX_UNWRITTEN_CHANGES) {
        return false;
      }
      writtenSeqs.put(org, Math.max(written, seq));
    }
    return true;
  }

  /** Writes rows of another table; returns their position. */
  long append(List<Row> others) {
    return journal.append(others);
  }

  /** What a reader of this moment may have seen. */
  long position() {
    return journal.position();
  }

  /**
   * Returns once all up to a position is on disk.
   *
   * @throws BackendUnavailableException if it never will be
   */
  void await(long position) {
    try {
      journal.await(position);
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), true, e);
    }
  }

  /**
   * Refuses to begin anything once a commit has failed.
   *
   * @throws BackendUnavailableException if one has
   */
  void check() {
    try {
      journal.check();
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), false, e);
    }
  }

  /** Why nothing is served any more; null while all is well. */
  @Nullable String problem() {
    return journal.problem();
  }

  void close() {
    journal.close();
  }
}
