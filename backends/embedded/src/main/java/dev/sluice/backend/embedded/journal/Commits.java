package dev.sluice.backend.embedded.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Numbers the commits of a journal, in a row of it and in {@link CommitFile}. */
final class Commits {

  private final Connection connection;
  private final PreparedStatement update;
  private final CommitFile file;
  private Commit last;
  private boolean needsLog = true; // it has the row, and perhaps a part was copied before

  private Commits(Connection connection, Commit last, CommitFile file) throws SQLException {
    this.connection = connection;
    this.last = last;
    this.file = file;
    update = connection.prepareStatement("UPDATE " + Commit.TABLE + " SET value = ?");
  }

  /**
   * Makes the table if needed, within a transaction. A new journal has it on the page that its
   * copies have it on, if it is the first table.
   */
  static void prepare(Connection connection) throws SQLException {
    Commit found = Commit.read(connection);
    try (Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE IF NOT EXISTS " + Commit.TABLE + " (value BLOB NOT NULL)");
      sql.execute("DELETE FROM " + Commit.TABLE); // the log gets the row even if it stays the same
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + Commit.TABLE + " (value) VALUES (?)")) {
      insert.setBytes(1, (found == null ? Commit.first() : found).bytes());
      insert.executeUpdate();
    }
  }

  /** Call once the row is on disk. */
  static Commits open(Connection connection, Path directory) throws SQLException, IOException {
    Commit last = Commit.read(connection);
    if (last == null) {
      throw new SQLException("it has no row of commits");
    }
    return new Commits(connection, last, CommitFile.open(directory, last, true));
  }

  /** Commits what was written, under the next number. */
  void commit() throws SQLException {
    Commit next = last.next();
    update.setBytes(1, next.bytes());
    update.executeUpdate();
    connection.commit();
    last = next;
    file.write(next, needsLog);
  }

  /** On disk at the return. */
  void needLog(boolean needed) {
    if (needed != needsLog) {
      needsLog = needed;
      file.write(last, needed);
      file.sync();
    }
  }

  /** See {@link CommitFile#sync}. */
  void sync() {
    file.sync();
  }
}
