package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetentionRowsTest {

  private static final String ORG = "rows";
  private static final String ID = "the-session-that-ends";

  @TempDir Path directory;

  private long now = 1_800_000_000_000L;

  @Test
  void a_session_leaves_no_row_once_its_retention_is_over() throws SQLException {
    try (QueueBackend backend = open()) {
      end(backend);
      pass(backend, 600_000); // its record is written, then it is moved out
    }
    assertThat(rows()).as("only its place and its record").hasSize(3);

    try (QueueBackend backend = open()) {
      pass(backend, Rules.DEFAULTS.kept().endedMs());
    }
    assertThat(rows()).isEmpty();
  }

  @Test
  void one_that_was_not_moved_out_leaves_none_either() throws SQLException {
    try (QueueBackend backend = open()) {
      end(backend);
      now += Rules.DEFAULTS.kept().endedMs() + 1;
      pass(backend, 0);
    }
    assertThat(rows()).isEmpty();
  }

  private static void end(QueueBackend backend) {
    KitWorker worker = new KitWorker(() -> backend, ORG).named("w").register();
    backend.work().enqueue(ORG, List.of(WorkBuilder.work(ID).build()));
    worker.claimByName(ID);
    worker.report(ID, SessionState.RUNNING, 1);
    worker.report(ID, SessionState.COMPLETED, 2);
  }

  private void pass(QueueBackend backend, long ms) {
    for (int i = 0; i < 4; i++) {
      now += ms / 4;
      backend.upkeep().sweep();
    }
  }

  private QueueBackend open() {
    return JournalBackend.open(
        new BackendEnvironment(Rules.DEFAULTS, directory, () -> OptionalLong.of(now)));
  }

  /** The rows that name the session, as table and key. */
  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(JournalFile.FILE));
        Statement sql = connection.createStatement()) {
      for (StoreTable table : StoreTable.values()) {
        try (ResultSet found =
            sql.executeQuery(
                "SELECT key FROM %s WHERE instr(key, CAST('%s' AS BLOB))"
                    .formatted(table.name().toLowerCase(Locale.ROOT), ID))) {
          while (found.next()) {
            rows.add(table + " " + new String(found.getBytes(1), UTF_8));
          }
        }
      }
    }
    return rows;
  }
}
