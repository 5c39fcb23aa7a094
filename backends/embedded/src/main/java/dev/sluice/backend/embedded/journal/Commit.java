package dev.sluice.backend.embedded.journal;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A commit of a journal. The latest is a row of the journal, and a slot of {@link CommitFile}.
 *
 * @param journal random, made with the journal
 * @param number grows by one with each commit
 * @param atMs for people; nothing is decided by it
 */
record Commit(UUID journal, long number, long atMs) {

  static final String TABLE = "commits";

  private static final int BYTES = 4 * Long.BYTES;

  static Commit first() {
    return new Commit(UUID.randomUUID(), 0, System.currentTimeMillis());
  }

  Commit next() {
    return new Commit(journal, number + 1, System.currentTimeMillis());
  }

  /** Begins with the journal, then the number. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    put(bytes);
    return bytes.array();
  }

  void put(ByteBuffer bytes) {
    bytes
        .putLong(journal.getMostSignificantBits())
        .putLong(journal.getLeastSignificantBits())
        .putLong(number)
        .putLong(atMs);
  }

  static Commit get(ByteBuffer bytes) {
    return new Commit(new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong(), bytes.getLong());
  }

  /** Null if the journal is of a release before, or empty. */
  static @Nullable Commit read(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      if (Sqlite.number(sql, "SELECT count(*) FROM sqlite_schema WHERE name = '" + TABLE + "'")
          == 0) {
        return null;
      }
      try (ResultSet row = sql.executeQuery("SELECT value FROM " + TABLE)) {
        byte @Nullable [] value = row.next() ? row.getBytes(1) : null;
        return value == null || value.length != BYTES ? null : get(ByteBuffer.wrap(value));
      }
    }
  }

  /** The page of the row. */
  static long page(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      return Sqlite.number(sql, "SELECT rootpage FROM sqlite_schema WHERE name = '" + TABLE + "'");
    }
  }

  /** For people. */
  String words() {
    return "commit " + number + " of " + Instant.ofEpochMilli(atMs);
  }
}
