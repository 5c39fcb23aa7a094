package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.PrivateFiles;
import dev.sluice.backend.embedded.journal.Losses.Loss;
import dev.sluice.backend.store.FilesCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what the journal of a stopped service lacks, and makes it ready to go on without. */
final class JournalRepair {

  private static final Logger LOG = LoggerFactory.getLogger(JournalRepair.class);

  /** Behind the name of a file. */
  private static final String KEPT = ".damaged";

  private JournalRepair() {}

  /**
   * @throws JournalException if there is none, or a service uses it
   */
  static FilesCheck look(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new JournalException("there is no data directory " + directory);
    }
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      String problem = JournalCheck.of(directory).problem();
      return problem == null
          ? new FilesCheck("nothing is known to be missing in the journal of " + directory, true)
          : new FilesCheck(problem, false);
    }
  }

  /**
   * Keeps a copy of the log. Call with the lock of the directory.
   *
   * @return null if nothing is missing
   * @throws JournalException if what is left is not sound; nothing is changed then
   */
  static @Nullable Loss accept(Path directory, JournalCheck check) {
    if (check.problem() == null) {
      return null;
    }
    Path file = directory.resolve(JournalFile.FILE);
    Path log = Sqlite.log(file);
    Path kept = unused(log.resolveSibling(log.getFileName() + KEPT));
    try {
      requireSound(file, check.foreignLog());
      if (Files.exists(log)) {
        PrivateFiles.existing(log, LOG::warn);
        if (check.foreignLog()) {
          Files.move(log, kept);
        } else {
          Files.copy(log, kept, StandardCopyOption.COPY_ATTRIBUTES);
        }
        LOG.info("{} is kept as {}; delete it once nobody needs it", log, kept);
      }
      return new Loss(System.currentTimeMillis(), check.problem());
    } catch (IOException | SQLException e) {
      throw new JournalException(
          "what is left of journal " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * Moves away what is left of the very first page, which a power cut during the first start may
   * have torn. It can't hold a row: a journal with a table has more pages, and one with a commit
   * has {@code sluice.commit}. Call with the lock of the directory.
   */
  static void moveTornBeginAway(Path directory) throws IOException, SQLException {
    Path file = directory.resolve(JournalFile.FILE);
    if (Sqlite.size(file) == 0
        || Sqlite.size(file) > Sqlite.PAGE
        || Sqlite.size(Sqlite.log(file)) > 0
        || Files.exists(directory.resolve(CommitFile.FILE))
        || Sqlite.isDatabase(file)) {
      return;
    }
    Path kept = unused(file.resolveSibling(file.getFileName() + KEPT));
    Files.move(file, kept);
    LOG.warn("{} was torn before anything was in it; it is kept as {}, and made anew", file, kept);
  }

  /** Returns the file, or if it exists the first free one of {@code file.2}, {@code file.3}, ... */
  private static Path unused(Path file) {
    Path free = file;
    for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      free = file.resolveSibling(file.getFileName() + "." + i);
    }
    return free;
  }

  private static void requireSound(Path file, boolean withoutLog) throws IOException, SQLException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return;
    }
    try (Connection connection = withoutLog ? Sqlite.withoutLog(file) : Sqlite.readOnly(file);
        Statement sql = connection.createStatement();
        ResultSet result = sql.executeQuery("PRAGMA integrity_check(1)")) {
      String found = result.next() ? result.getString(1) : "nothing";
      if (!"ok".equals(found)) {
        throw new JournalException(
            "what is left of journal " + file + " is not sound: " + found + "; put back a backup");
      }
    }
  }
}
