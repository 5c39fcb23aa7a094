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

/** The journal of a durable member, attached to it so that entry processors find it. */
final class MemberJournal {

  private static final String CONTEXT = "sluice.disk";

  /**
   * Liveness and counters of mere signs of life are not written. When counters run ahead by this
   * number they are written; a restart skips twice as many.
   */
  static final long MAX_UNWRITTEN_CHANGES = 1L << 19;

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

  void noteDamaged(Set<String> records) {
    damaged = records;
  }

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

  static @Nullable MemberJournal of(HazelcastInstance member) {
    return (MemberJournal) member.getUserContext().get(CONTEXT);
  }

  void attachTo(HazelcastInstance member) {
    member.getUserContext().put(CONTEXT, this);
  }

  /** Needs the order in which changes were applied. */
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

  long append(List<Row> others) {
    return journal.append(others);
  }

  long position() {
    return journal.position();
  }

  /**
   * @throws BackendUnavailableException if a commit failed
   */
  void await(long position) {
    try {
      journal.await(position);
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), true, e);
    }
  }

  /**
   * @throws BackendUnavailableException if a commit failed
   */
  void check() {
    try {
      journal.check();
    } catch (JournalException e) {
      throw new BackendUnavailableException(String.valueOf(e.getMessage()), false, e);
    }
  }

  @Nullable String problem() {
    return journal.problem();
  }

  void close() {
    journal.close();
  }
}
