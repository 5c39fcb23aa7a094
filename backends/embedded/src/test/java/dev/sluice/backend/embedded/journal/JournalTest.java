package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JournalTest {

  private static final String MEGABYTE = "x".repeat(1 << 20);

  @TempDir Path directory;

  @Test
  void awaited_rows_survive() {
    write(put("a", "1"), put("b", "2"), put("a", "3"), Row.delete(StoreTable.ITEMS, bytes("b")));

    assertThat(stored()).containsExactly(Map.entry("a", "3"));
  }

  @Test
  void tables_are_separate() {
    write(put("a", "1"), Row.put(StoreTable.TEXTS, bytes("a"), bytes("2")));

    assertThat(stored(StoreTable.ITEMS)).containsExactly(Map.entry("a", "1"));
    assertThat(stored(StoreTable.TEXTS)).containsExactly(Map.entry("a", "2"));
  }

  @Test
  void the_name_of_the_directory_may_look_like_an_address() throws IOException {
    Path other = Files.createDirectory(directory.resolve("a b%20c#d&e"));
    try (Journal journal = Journal.open(other)) {
      journal.start();
      journal.append(List.of(put("a", "1")));
    }
    List<String> keys = new ArrayList<>();
    try (Journal journal = Journal.open(other)) {
      journal.read(StoreTable.ITEMS, (key, value) -> keys.add(new String(key, UTF_8)));
    }
    assertThat(keys).containsExactly("a");
  }

  @Test
  void a_prefix_deletes_earlier_rows_under_it() {
    write(
        put("web\1a", "1"),
        put("web", "2"),
        put("web\2", "3"),
        put("web2\1a", "4"),
        Row.deleteUnder(StoreTable.ITEMS, bytes("web\1")),
        put("web\1b", "5"));

    assertThat(stored()).containsOnlyKeys("web\1b", "web", "web\2", "web2\1a");
  }

  @Test
  void a_row_put_again_behind_a_prefix_stays() {
    write(
        put("web\1a", "1"), Row.deleteUnder(StoreTable.ITEMS, bytes("web\1")), put("web\1a", "2"));

    assertThat(stored()).containsExactly(Map.entry("web\1a", "2"));
  }

  @Test
  void close_writes_appended_rows() {
    try (Journal journal = Journal.open(directory)) {
      journal.start();
      journal.append(List.of(put("a", "1")));
    }
    assertThat(stored()).containsOnlyKeys("a");
  }

  @Test
  void a_copy_made_while_it_writes_has_all_that_was_awaited_before() throws Exception {
    Path copied = Files.createDirectory(directory.resolve("copy"));
    ExecutorService writer = Executors.newSingleThreadExecutor();
    AtomicInteger awaited = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    int before;
    try (Journal journal = Journal.open(directory)) {
      journal.start();
      for (int i = 0; i < 8; i++) {
        journal.append(List.of(put("a-" + i, MEGABYTE), put("b-" + i, MEGABYTE)));
      }
      Future<?> writes =
          writer.submit(
              () -> {
                for (int i = 1; !done.get(); i++) {
                  journal.await(journal.append(List.of(put("a" + i, "1"), put("b" + i, "1"))));
                  awaited.set(i);
                }
              });
      while (awaited.get() < 50) {
        Thread.onSpinWait();
      }
      before = awaited.get();
      execute("VACUUM INTO '" + copied.resolve(JournalFile.FILE) + "'");
      done.set(true);
      writes.get();
    } finally {
      writer.shutdown();
    }
    directory = copied;
    Map<String, String> stored = stored();
    assertThat(stored.keySet())
        .containsAll(IntStream.rangeClosed(1, before).mapToObj(i -> "a" + i).toList());
    assertThat(stored.keySet().stream().filter(key -> key.startsWith("a")).count())
        .as("each commit as a whole")
        .isEqualTo(stored.size() / 2);
  }

  @Test
  void another_writer_is_named_and_waited_for() throws Exception {
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (Journal journal = Journal.open(directory);
        Connection other = connect();
        Statement sql = other.createStatement()) {
      journal.start();
      sql.execute("BEGIN IMMEDIATE");
      Future<?> write = caller.submit(() -> journal.await(journal.append(List.of(put("a", "1")))));
      while (journal.problem() == null) {
        Thread.onSpinWait();
      }
      assertThat(journal.problem()).contains("another process writes");
      journal.check();
      assertThat(write).isNotDone();

      sql.execute("ROLLBACK");
      write.get();
      assertThat(journal.problem()).isNull();
    } finally {
      caller.shutdown();
    }
    assertThat(stored()).containsOnlyKeys("a");
  }

  @Test
  void close_does_not_wait_for_another_writer() throws SQLException {
    AtomicReference<String> failure = new AtomicReference<>();
    try (Connection other = connect();
        Statement sql = other.createStatement()) {
      try (Journal journal = Journal.open(directory)) {
        journal.start(failure::set);
        sql.execute("BEGIN IMMEDIATE");
        journal.append(List.of(put("a", "1")));
      }
    }
    assertThat(failure.get()).contains("end the other process that writes it");
    assertThat(stored()).isEmpty();
  }

  @Test
  void the_log_shrinks_after_a_long_reader() throws Exception {
    Path log = directory.resolve(JournalFile.FILE + "-wal");
    try (Journal journal = Journal.open(directory);
        Connection reader = connect();
        Statement sql = reader.createStatement()) {
      journal.start();
      sql.execute("BEGIN");
      sql.executeQuery("SELECT count(*) FROM items").close();
      for (long i = 0; i <= JournalFile.MAX_LOG_BYTES; i += MEGABYTE.length()) {
        journal.await(journal.append(List.of(put("big" + i, MEGABYTE))));
      }
      assertThat(Files.size(log)).isGreaterThan(JournalFile.MAX_LOG_BYTES);

      sql.execute("COMMIT");
      for (int i = 0; i < 3; i++) {
        journal.await(journal.append(List.of(put("small" + i, "1"))));
      }
      assertThat(Files.size(log)).isLessThanOrEqualTo(JournalFile.MAX_LOG_BYTES);
    }
  }

  @Test
  void many_callers_find_their_awaited_rows() throws Exception {
    int callers = 8;
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try (Journal journal = Journal.open(directory)) {
      journal.start();
      List<Future<?>> all =
          IntStream.range(0, callers)
              .<Future<?>>mapToObj(i -> pool.submit(() -> many(journal, i)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(stored()).hasSize(callers * 200);
  }

  private static void many(Journal journal, int caller) {
    for (int i = 0; i < 200; i++) {
      journal.await(journal.append(List.of(put(caller + "-" + i, "x"))));
    }
  }

  @Test
  void a_second_journal_in_the_same_directory_is_refused() {
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.problem()).isNull();
      assertThatThrownBy(() -> Journal.open(directory))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("in use by another Sluice process");
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void a_newer_file_is_refused() throws SQLException {
    write(put("a", "1"));
    execute("PRAGMA user_version = " + (Layouts.OF_THIS_BUILD.newest() + 1));

    assertThatThrownBy(() -> Journal.open(directory))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("start the newer release");
  }

  @Test
  void a_file_of_a_prerelease_build_is_refused() throws SQLException {
    write(put("a", "1"));
    execute("PRAGMA user_version = 1");

    assertThatThrownBy(() -> Journal.open(directory))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("before the first release");
  }

  @Test
  void a_file_of_the_version_without_checksums_is_read_and_its_new_rows_get_them()
      throws SQLException {
    write(put("a", "1"));
    execute("ALTER TABLE items DROP COLUMN sum", "PRAGMA user_version = 2");
    for (StoreTable table : StoreTable.values()) {
      if (table != StoreTable.ITEMS) {
        execute("ALTER TABLE " + table.name() + " DROP COLUMN sum");
      }
    }

    write(put("b", "2"));
    assertThat(stored()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));

    execute("UPDATE items SET value = x'33' WHERE key = x'62'");
    assertThatThrownBy(this::stored).isInstanceOf(JournalException.class);
  }

  @Test
  void a_damaged_value_is_refused_with_its_row() throws SQLException {
    write(put("a", "1"), put("b", "2"));
    execute("UPDATE items SET value = x'33' WHERE key = x'62'");

    assertThatThrownBy(this::stored)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("row x'62' of table items");
  }

  @Test
  void a_damaged_value_is_passed_on_if_wanted() throws SQLException {
    write(put("a", "1"), put("b", "2"));
    execute("UPDATE items SET value = x'33' WHERE key = x'62'");

    try (Journal journal = Journal.open(directory)) {
      List<String> good = new ArrayList<>();
      List<String> damaged = new ArrayList<>();
      journal.read(
          StoreTable.ITEMS,
          (key, value) -> good.add(new String(key, UTF_8)),
          (key, value) -> damaged.add(new String(key, UTF_8)));
      assertThat(good).containsExactly("a");
      assertThat(damaged).containsExactly("b");
    }
  }

  @Test
  void a_row_in_the_wrong_table_is_refused() throws SQLException {
    write(put("a", "1"));
    execute("INSERT INTO texts SELECT * FROM items");

    assertThatThrownBy(() -> stored(StoreTable.TEXTS)).isInstanceOf(JournalException.class);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(JournalFile.FILE));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  @Test
  void a_file_that_is_no_journal_is_refused() throws Exception {
    Files.writeString(directory.resolve(JournalFile.FILE), "a".repeat(10_000));

    assertThatThrownBy(() -> Journal.open(directory)).isInstanceOf(JournalException.class);
  }

  @Test
  void a_first_page_that_a_power_cut_has_torn_is_kept_aside() throws Exception {
    Path file = directory.resolve(JournalFile.FILE);
    Files.write(file, new byte[Sqlite.PAGE]);
    Files.writeString(file, "SQLite for", StandardOpenOption.WRITE);

    Journal.open(directory).close();
    assertThat(directory.resolve(JournalFile.FILE + ".damaged")).hasSize(Sqlite.PAGE);
    Files.write(file, new byte[Sqlite.PAGE]); // of a journal that has acknowledged something
    assertThatThrownBy(() -> Journal.open(directory)).isInstanceOf(JournalException.class);
  }

  @Test
  void a_full_disk_fails_this_and_every_later_wait_and_keeps_what_was_committed() {
    try (Journal journal = Journal.open(directory, 64, Layouts.FIRST, false)) {
      journal.start();
      journal.await(journal.append(List.of(put("small", "1"))));
      long tooBig = journal.append(List.of(put("big", "x".repeat(1_000_000))));

      assertThatThrownBy(() -> journal.await(tooBig)).isInstanceOf(JournalException.class);
      assertThat(journal.problem()).contains("can't be written");
      long later = journal.append(List.of(put("later", "2")));
      assertThatThrownBy(() -> journal.await(later)).isInstanceOf(JournalException.class);
      assertThatThrownBy(journal::check).isInstanceOf(JournalException.class);
    }
    assertThat(stored()).containsOnlyKeys("small");
  }

  private void write(Row... rows) {
    try (Journal journal = Journal.open(directory)) {
      journal.start();
      journal.await(journal.append(List.of(rows)));
    }
  }

  private Map<String, String> stored() {
    return stored(StoreTable.ITEMS);
  }

  private Map<String, String> stored(StoreTable table) {
    Map<String, String> rows = new TreeMap<>();
    try (Journal journal = Journal.open(directory)) {
      journal.read(
          table, (key, value) -> rows.put(new String(key, UTF_8), new String(value, UTF_8)));
    }
    return rows;
  }

  private static Row put(String key, String value) {
    return Row.put(StoreTable.ITEMS, bytes(key), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
