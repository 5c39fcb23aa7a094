package dev.sluice.backend.hazelcast.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The SQLite file: one connection, used by one thread at a time. */
final class JournalFile implements AutoCloseable {

  static final String FILE = "sluice.db";

  /**
   * The version of the shape of what is stored. Files of other versions are refused: newer ones,
   * and those of builds before the first release.
   */
  static final int VERSION = 2;

  private final Path path;
  private final Connection connection;
  private final Map<Table, Map<Row.Kind, PreparedStatement>> statements =
      new EnumMap<>(Table.class);

  private JournalFile(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  /**
   * Opens the file, making it if need be.
   *
   * @param maxPages most pages it may grow to; 0 for as many as the disk holds
   */
  static JournalFile open(Path directory, long maxPages) {
    Path path = directory.resolve(FILE);
    Connection connection;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + path.toAbsolutePath());
    } catch (SQLException e) {
      throw new JournalException("journal " + path + " can't be opened", e);
    }
    JournalFile file = new JournalFile(path, connection);
    try {
      file.prepare(maxPages);
      return file;
    } catch (SQLException e) {
      file.closeAfter(e);
      throw new JournalException("journal " + path + " can't be read", e);
    } catch (JournalException e) {
      file.closeAfter(e);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  private void prepare(long maxPages) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA locking_mode = EXCLUSIVE");
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("PRAGMA synchronous = FULL");
      if (maxPages > 0) {
        sql.execute("PRAGMA max_page_count = " + maxPages);
      }
      int version = version(sql);
      if (version > VERSION) {
        throw new JournalException(
            "journal "
                + path
                + " has version "
                + version
                + ", this Sluice reads up to "
                + VERSION
                + ": start the newer release");
      }
      if (version != 0 && version < VERSION) {
        throw new JournalException(
            "journal "
                + path
                + " has version "
                + version
                + ", of a build before the first release; this Sluice reads version "
                + VERSION
                + " only: move the file away to start with an empty queue");
      }
      connection.setAutoCommit(false);
      for (Table table : Table.values()) {
        sql.execute(
            "CREATE TABLE IF NOT EXISTS "
                + table.sql()
                + " (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID");
      }
      sql.execute("PRAGMA user_version = " + VERSION);
      connection.commit();
    }
    for (Table table : Table.values()) {
      Map<Row.Kind, PreparedStatement> some = new EnumMap<>(Row.Kind.class);
      some.put(
          Row.Kind.PUT,
          connection.prepareStatement(
              "INSERT OR REPLACE INTO " + table.sql() + " (key, value) VALUES (?, ?)"));
      some.put(
          Row.Kind.DELETE,
          connection.prepareStatement("DELETE FROM " + table.sql() + " WHERE key = ?"));
      some.put(
          Row.Kind.DELETE_UNDER,
          connection.prepareStatement(
              "DELETE FROM " + table.sql() + " WHERE key >= ? AND key < ?"));
      statements.put(table, some);
    }
  }

  private static int version(Statement sql) throws SQLException {
    try (ResultSet result = sql.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }

  /** Writes rows in this order, all or none, and returns once they are on disk. */
  void commit(Collection<Row> rows) throws SQLException {
    try {
      for (Row row : rows) {
        write(row);
      }
      connection.commit();
    } catch (SQLException e) {
      try {
        connection.rollback();
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  @SuppressWarnings("NullAway") // every kind of every table was prepared
  private void write(Row row) throws SQLException {
    PreparedStatement statement = statements.get(row.table()).get(row.kind());
    statement.setBytes(1, row.key());
    switch (row.kind()) {
      case PUT -> statement.setBytes(2, row.value());
      case DELETE_UNDER -> statement.setBytes(2, row.behindPrefix());
      case DELETE -> {}
    }
    statement.executeUpdate();
  }

  /** Reads a table, in the order of its keys' bytes. */
  void read(Table table, BiConsumer<byte[], byte[]> reader) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery("SELECT key, value FROM " + table.sql() + " ORDER BY key")) {
      while (rows.next()) {
        reader.accept(rows.getBytes(1), rows.getBytes(2));
      }
    }
  }

  private void closeAfter(Exception reason) {
    try {
      connection.close();
    } catch (SQLException suppressed) {
      reason.addSuppressed(suppressed);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new JournalException("journal can't be closed", e);
    }
  }
}
