package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.engine.memory.MemoryStore;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.FilesCheck;
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
    return open(environment, layouts, false);
  }

  /**
   * Tells what the journal of a stopped service lacks.
   *
   * @param acceptLoss true to let the next start go on without, with an audit line for each org
   * @throws BackendUnavailableException if it is in use, or what is left can't be read
   */
  public static FilesCheck check(BackendEnvironment environment, boolean acceptLoss) {
    FilesCheck found;
    try {
      found = JournalRepair.look(environment.dataDirectory());
    } catch (JournalException e) {
      throw unavailable(e);
    }
    if (found.whole() || !acceptLoss) {
      return found;
    }
    try (MemoryBackend backend = open(environment, Layouts.OF_THIS_BUILD, true)) {
      AuditNote note = new AuditNote(System.getProperty("user.name"), found.words());
      AuditAct act = AuditAct.acceptLoss("journal");
      for (String org : backend.store().states().keySet()) {
        backend.audit().add(org, note, act.verb(), act.object(), act.detail());
      }
    }
    return new FilesCheck("accepted, and named by health for some days: " + found.words(), true);
  }

  private static MemoryBackend open(
      BackendEnvironment environment, Layouts layouts, boolean acceptLoss) {
    WireFormat wire = new WireFormat(layouts, layouts.newest());
    Journal journal;
    try {
      journal = Journal.open(environment.dataDirectory(), 0, layouts.newest(), acceptLoss);
    } catch (JournalException e) {
      throw unavailable(e);
    }
    try {
      JournalLog log = new JournalLog(journal, wire);
      MemoryStore store = new MemoryStore(environment, log, wire);
      log.noteLosses(store::now);
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
