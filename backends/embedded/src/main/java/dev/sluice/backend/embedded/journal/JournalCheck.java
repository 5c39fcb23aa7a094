package dev.sluice.backend.embedded.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a journal is known to lack, before a start: it is compared with {@code sluice.commit},
 * and its write-ahead log with the file beside it. SQLite leaves out what it can't read of a log,
 * and says nothing. Changes no file.
 *
 * @param problem null if nothing is known to be missing
 * @param foreignLog true if the log must not be read with this file
 */
record JournalCheck(@Nullable String problem, boolean foreignLog) {

  private static final JournalCheck WHOLE = new JournalCheck(null, false);

  private static final String REMEDY =
      "; put back the files that belong together or a backup, or go on without what is lost by"
          + " `java -jar sluice.jar journal config.yml --accept-loss` (docs/embedded.md#a-damaged-journal)";

  /** The commit that SQLite finds, and the number of frames that it reads of the log. */
  private record Found(@Nullable Commit commit, long frames) {}

  /**
   * Call with the lock of the directory.
   *
   * @throws JournalException if the journal can't be read
   */
  static JournalCheck of(Path directory) {
    Path file = directory.resolve(JournalFile.FILE);
    try {
      return of(file, CommitFile.read(directory));
    } catch (IOException | SQLException e) {
      throw new JournalException("journal " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static JournalCheck of(Path file, CommitFile.@Nullable State acknowledged)
      throws IOException, SQLException {
    Path log = Sqlite.log(file);
    if (Sqlite.size(log) == 0) {
      return compare(file, Sqlite.size(file) == 0 ? null : withoutLog(file), acknowledged);
    }
    if (Sqlite.size(file) == 0) {
      return foreign(log + " is there without its " + JournalFile.FILE);
    }
    if (!Sqlite.mayHaveLog(file)) {
      return foreign(log + " isn't the log of the " + JournalFile.FILE + " beside it, a copy");
    }
    Found found = withLog(file);
    @Nullable String foreign = found.frames() == 0 ? null : foreignLog(file, log);
    return foreign == null ? compare(file, found, acknowledged) : foreign(foreign);
  }

  /**
   * @throws JournalException if something is missing
   */
  void require() {
    if (problem != null) {
      throw new JournalException(problem + REMEDY);
    }
  }

  private static Found withoutLog(Path file) throws SQLException {
    try (Connection connection = Sqlite.withoutLog(file)) {
      return new Found(Commit.read(connection), 0);
    }
  }

  private static Found withLog(Path file) throws SQLException {
    try (Connection connection = Sqlite.readOnly(file);
        Statement sql = connection.createStatement()) {
      Commit commit = Commit.read(connection);
      return new Found(commit, Sqlite.framesOfLog(sql));
    }
  }

  /**
   * Each commit writes the row of commits. So the first one in the log names the journal, and
   * follows the commit in the file, which may have more of the log.
   */
  private static @Nullable String foreignLog(Path file, Path log) throws IOException {
    OptionalLong first;
    Commit before;
    try (Connection connection = Sqlite.withoutLog(file)) {
      before = Commit.read(connection);
      if (before == null) {
        return null; // the log has the first one
      }
      first = LogScan.firstCommit(log, Commit.page(connection), before);
    } catch (SQLException e) {
      return null; // the log was being copied to the file, which only both together can tell
    }
    if (first.isEmpty()) {
      return log + " is the log of another database";
    }
    return first.getAsLong() > before.number() + 1
        ? log
            + " begins with commit "
            + first.getAsLong()
            + ", but the "
            + JournalFile.FILE
            + " beside it is an older copy that ends with "
            + before.words()
        : null;
  }

  private static JournalCheck compare(
      Path file, @Nullable Found found, CommitFile.@Nullable State acknowledged) {
    if (acknowledged == null) {
      return WHOLE;
    }
    Commit last = acknowledged.commit();
    Commit commit = found == null ? null : found.commit();
    if (commit != null && !commit.journal().equals(last.journal())) {
      return new JournalCheck(
          file.resolveSibling(CommitFile.FILE) + " is of another journal", false);
    }
    if (commit == null && last.number() > 0) {
      String ends = found == null ? "it is empty" : "its commits have no numbers, as before 0.2";
      return lost(file, last.number(), ends, last);
    }
    if (commit != null && commit.number() < last.number()) {
      return lost(file, last.number() - commit.number(), "it ends with " + commit.words(), last);
    }
    if (acknowledged.needsLog() && (found == null || found.frames() == 0)) {
      return new JournalCheck(
          "journal "
              + file
              + " is worth nothing without its log, which was being copied to it, and "
              + Sqlite.log(file).getFileName()
              + " is missing or damaged",
          false);
    }
    return WHOLE;
  }

  private static JournalCheck lost(Path file, long commits, String ends, Commit last) {
    return new JournalCheck(
        "journal "
            + file
            + " lacks acknowledged commits ("
            + commits
            + "): "
            + ends
            + ", and "
            + CommitFile.FILE
            + " with "
            + last.words()
            + ", so "
            + Sqlite.log(file).getFileName()
            + " is damaged or cut, or an older copy was put back",
        false);
  }

  private static JournalCheck foreign(String problem) {
    return new JournalCheck(problem, true);
  }
}
