package dev.sluice.backend.embedded.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log to the journal's file.
 *
 * <p>In the middle of it the file has pages of several commits, perhaps with the row of the latest,
 * and is worth nothing without the log: {@code sluice.commit} says so meanwhile. A copy that ends
 * early, because another process reads an earlier commit, leaves the row as it was, since the
 * latest commit wrote it.
 */
final class LogCopy {

  private static final Logger LOG = LoggerFactory.getLogger(LogCopy.class);

  /** Frames of a log that is to be copied: 32 MB. */
  private static final long MANY_FRAMES = 8192;

  /** Pages that rows take, at the least, before the frames are counted again. */
  private static final int SOME_PAGES = 256;

  private static final int PAGE = 4096;

  private record Progress(boolean busy, long frames, long copied) {

    boolean whole() {
      return !busy && frames == copied;
    }
  }

  private final Connection connection;
  private final Commits commits;
  private long pages;

  LogCopy(Connection connection, Commits commits) {
    this.connection = connection;
    this.commits = commits;
  }

  /** Copies the log if it is long. Call after a commit. */
  void wrote(Collection<Row> rows) {
    for (Row row : rows) {
      pages += 1 + row.size() / PAGE;
    }
    if (pages < SOME_PAGES) {
      return;
    }
    try {
      boolean done = checkpoint("NOOP").frames() < MANY_FRAMES || run();
      pages = done ? 0 : pages; // else after the next commit again
    } catch (SQLException e) {
      pages = 0;
      LOG.debug("the log of the journal is not copied now", e); // such as for want of room
    }
  }

  /** False if another process reads an earlier commit, so that not all is copied. */
  boolean run() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback(); // a read would lock the log
    }
    Progress done = checkpoint("NOOP");
    if (!done.whole()) { // else there may be no log that the file could need
      commits.needLog(true);
      done = checkpoint("PASSIVE");
    }
    commits.needLog(false);
    return done.whole();
  }

  private Progress checkpoint(String mode) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet result = sql.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return result.next()
          ? new Progress(result.getInt(1) != 0, result.getLong(2), result.getLong(3))
          : new Progress(true, 0, 0);
    }
  }
}
