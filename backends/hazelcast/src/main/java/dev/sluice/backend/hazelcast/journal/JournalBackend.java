package dev.sluice.backend.hazelcast.journal;

import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.engine.memory.MemoryStore;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One durable process: the state is in its memory, and each change in the journal. */
public final class JournalBackend {

  private JournalBackend() {}

  /** Unpacks and loads the library of SQLite. */
  public static void prepare() throws SQLException {
    DriverManager.getConnection("jdbc:sqlite::memory:").close();
  }

  /**
   * Restores the data directory.
   *
   * @throws BackendUnavailableException if the data directory can't be used
   */
  public static MemoryBackend open(BackendEnvironment environment) {
    return open(environment, Layouts.OF_THIS_BUILD);
  }

  static MemoryBackend open(BackendEnvironment environment, Layouts layouts) {
    WireFormat wire = new WireFormat(layouts, layouts.newest());
    Journal journal;
    try {
      journal = Journal.open(environment.dataDirectory(), 0, layouts.newest());
    } catch (JournalException e) {
      throw unavailable(e);
    }
    try {
      JournalLog log = new JournalLog(journal, wire);
      MemoryStore store = new MemoryStore(environment, log, wire);
      log.noteDamaged(
          new Restore(store, journal, store.now(), environment.rules().leaseMs()).run());
      journal.start(environment.onFailure());
      return new MemoryBackend(store);
    } catch (JournalException e) {
      journal.close();
      throw unavailable(e);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static BackendUnavailableException unavailable(JournalException e) {
    return new BackendUnavailableException(String.valueOf(e.getMessage()), false, e);
  }
}
