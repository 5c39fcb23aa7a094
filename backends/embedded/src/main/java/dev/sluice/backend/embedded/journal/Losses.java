package dev.sluice.backend.embedded.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The losses that an operator has accepted, in a table of the journal. */
final class Losses {

  /** Health names a loss for this time. */
  private static final Duration SHOWN = Duration.ofDays(7);

  private static final String TABLE = "losses";

  /**
   * @param atMs time of the acceptance
   * @param words what was missing
   */
  record Loss(long atMs, String words) {

    private long untilMs() {
      return atMs + SHOWN.toMillis();
    }

    String warning() {
      return "a loss was accepted on %s, and is shown until %s: %s"
          .formatted(Instant.ofEpochMilli(atMs), Instant.ofEpochMilli(untilMs()), words);
    }
  }

  private Losses() {}

  /** Adds one, within a transaction. */
  static void prepare(Connection connection, @Nullable Loss accepted) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE IF NOT EXISTS " + TABLE + " (at_ms INTEGER, words TEXT)");
    }
    if (accepted != null) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?)")) {
        insert.setLong(1, accepted.atMs());
        insert.setString(2, accepted.words());
        insert.executeUpdate();
      }
    }
  }

  static List<Loss> read(Connection connection) throws SQLException {
    List<Loss> losses = new ArrayList<>();
    try (Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery("SELECT at_ms, words FROM " + TABLE + " ORDER BY at_ms")) {
      while (rows.next()) {
        losses.add(new Loss(rows.getLong(1), rows.getString(2)));
      }
    }
    return losses;
  }

  static List<String> warnings(List<Loss> losses, long nowMs) {
    return losses.stream().filter(loss -> nowMs < loss.untilMs()).map(Loss::warning).toList();
  }
}
