package dev.sluice.backend.embedded.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections to the file of a journal. */
final class Sqlite {

  // SQLITE_OPEN_READONLY, _URI and _NOMUTEX; each thread has its own connection
  private static final int READ_ONLY = 1;
  private static final int URI = 0x40;
  private static final int NO_MUTEX = 0x8000;

  /** Bytes, SQLite's default. */
  static final int PAGE = 4096;

  private static final int NOT_A_DATABASE = 26;

  private static final int WRITE_VERSION_AT = 18;
  private static final int WITHOUT_LOG = 1;

  private Sqlite() {}

  /** The write-ahead log of a file. */
  static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** In bytes; 0 if there is none. */
  static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** False for a file that {@code VACUUM INTO} made and no journal has opened since. */
  static boolean mayHaveLog(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(WRITE_VERSION_AT + 1);
      return header.length <= WRITE_VERSION_AT || header[WRITE_VERSION_AT] != WITHOUT_LOG;
    }
  }

  /** False if its first page has another header than one of SQLite. */
  static boolean isDatabase(Path file) throws SQLException {
    try (Connection connection = withoutLog(file);
        Statement sql = connection.createStatement()) {
      number(sql, "PRAGMA schema_version");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == NOT_A_DATABASE) {
        return false;
      }
      throw e;
    }
  }

  /** Number of frames that SQLite reads of the log, after a first read. */
  static long framesOfLog(Statement sql) throws SQLException {
    try (ResultSet result = sql.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
      return result.next() ? result.getLong(2) : 0;
    }
  }

  static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), options());
  }

  /** Sees the write-ahead log, and leaves it and the file as they are when it closes. */
  static Connection readOnly(Path file) throws SQLException {
    Properties options = options();
    options.setProperty("open_mode", String.valueOf(READ_ONLY | NO_MUTEX));
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), options);
  }

  /** Sees the file without its write-ahead log; nothing may write the file meanwhile. */
  static Connection withoutLog(Path file) throws SQLException {
    Properties options = options();
    options.setProperty("open_mode", String.valueOf(READ_ONLY | URI | NO_MUTEX));
    return DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1", options);
  }

  /** They keep the driver from asking for the last row after each change. */
  private static Properties options() {
    Properties options = new Properties();
    options.setProperty("jdbc.get_generated_keys", "false");
    return options;
  }

  static long number(Statement sql, String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
