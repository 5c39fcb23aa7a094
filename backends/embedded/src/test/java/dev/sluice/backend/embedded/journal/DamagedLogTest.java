package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.engine.tables.StoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a killed process that are damaged, cut, or put together from several journals. */
@Timeout(1200)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DamagedLogTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int COMMITS = 8;
  private static final Set<String> ALL = keys(COMMITS);

  /** Size of a page in the log. */
  private static final int PAGE = 4096;

  private static final int FRAME = PAGE + 24;
  private static final int HEADER = 32;

  @TempDir Path directory;
  private Path killed;

  @BeforeEach
  void kill() throws IOException {
    killed = directory.resolve("killed");
    try (Journal journal = open("running")) {
      write(journal, 0, COMMITS);
      copy("running", "killed");
    }
  }

  @Test
  void a_log_in_order_is_read() throws IOException {
    assertThat(Files.size(log())).isGreaterThan(2 * COMMITS * FRAME);
    assertThat(stored("killed")).isEqualTo(ALL);
  }

  @Test
  void a_flipped_byte_stops_the_start_and_changes_no_file() throws IOException {
    flip(log(), (int) Files.size(log()) / 2);
    Map<String, byte[]> before = bytes();

    assertThatThrownBy(() -> stored("killed"))
        .isInstanceOf(JournalException.class)
        .hasMessageMatching(
            "journal \\S*/sluice.db lacks acknowledged commits \\([1-7]\\): it ends with commit"
                + " [1-7] of 20\\S+Z, and sluice.commit with commit 8 of 20\\S+Z, so sluice.db-wal"
                + " is damaged or cut, or an older copy was put back; .*");
    assertThat(bytes()).containsAllEntriesOf(before);
  }

  @Test
  void every_flipped_byte_of_the_log_is_named_or_without_effect() throws IOException {
    byte[] log = Files.readAllBytes(log());
    int named = 0;
    for (int at : sample(log.length)) {
      byte[] flipped = log.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(log(), flipped);
      named += namedOrWhole("byte " + at) ? 1 : 0;
    }
    assertThat(named).isPositive();
  }

  @Test
  void a_log_of_every_shorter_length_is_named() throws IOException {
    byte[] log = Files.readAllBytes(log());
    for (int length : sample(log.length)) {
      Files.write(log(), Arrays.copyOf(log, length));
      assertThat(namedOrWhole("length " + length)).as("length %d", length).isTrue();
    }
    Files.delete(log());
    assertThat(namedOrWhole("no log")).isTrue();
  }

  @Test
  void a_damaged_number_of_the_latest_commit_is_without_effect() throws IOException {
    byte[] number = Files.readAllBytes(number());
    for (int at : sample(number.length)) {
      byte[] flipped = number.clone();
      flipped[at] ^= 1;
      Files.write(number(), flipped);
      assertThat(namedOrWhole("byte " + at)).as("byte %d", at).isFalse();
      Files.write(number(), Arrays.copyOf(number, at));
      assertThat(namedOrWhole("length " + at)).as("length %d", at).isFalse();
    }
    assertThat(stored("killed")).isEqualTo(ALL);
  }

  /** SQLite may have part of the latest commit in its log when the process ends. */
  @Test
  void an_unfinished_commit_is_left_out() throws IOException {
    Path next = directory.resolve("next");
    try (Journal journal = open("running")) {
      write(journal, COMMITS, COMMITS + 1);
      copy("running", "next");
      Path log = Sqlite.log(next.resolve(JournalFile.FILE));
      int whole = (int) Files.size(log);
      write(journal, COMMITS + 1, COMMITS + 2);
      byte[] all = Files.readAllBytes(Sqlite.log(directory.resolve("running/sluice.db")));
      for (int length = whole; length < all.length; length += FRAME / 3) {
        Files.write(log, Arrays.copyOf(all, length));
        assertThat(namedOrWhole(next, keys(COMMITS + 1), "length " + length)).isFalse();
      }
    }
  }

  @Test
  void a_number_of_another_journal_is_named() throws IOException {
    try (Journal other = open("other")) {
      write(other, 0, 1);
    }
    Files.copy(
        directory.resolve("other").resolve(CommitFile.FILE),
        number(),
        StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> stored("killed"))
        .hasMessageContaining(number() + " is of another journal");
  }

  @Test
  void a_log_of_another_journal_is_named() throws IOException {
    try (Journal other = open("other")) {
      write(other, 0, 20);
      Files.copy(
          Sqlite.log(directory.resolve("other").resolve(JournalFile.FILE)),
          log(),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.delete(number());

    assertThatThrownBy(() -> stored("killed"))
        .hasMessageContaining(log() + " is the log of another database");
  }

  @Test
  void a_log_beside_an_older_copy_is_named() throws IOException {
    copy("killed", "older"); // of a service that was stopped and started often since
    for (int i = 1; i <= 2; i++) {
      open("killed").close();
      try (Journal journal = open("killed")) {
        write(journal, COMMITS, COMMITS + i);
        copy("killed", "later" + i);
      }
    }
    Path older = directory.resolve("older");
    Files.delete(Sqlite.log(older.resolve(JournalFile.FILE)));
    Files.delete(older.resolve(CommitFile.FILE));
    Files.copy(
        Sqlite.log(directory.resolve("later2").resolve(JournalFile.FILE)),
        Sqlite.log(older.resolve(JournalFile.FILE)));

    assertThatThrownBy(() -> stored("older")).hasMessageContaining("is an older copy that ends");
  }

  @Test
  void a_log_without_its_file_is_named() throws IOException {
    Files.delete(file());
    Files.delete(number());

    assertThatThrownBy(() -> stored("killed")).hasMessageContaining("without its sluice.db");
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    Files.delete(file());
    Files.delete(log());

    assertThatThrownBy(() -> stored("killed"))
        .hasMessageContaining("lacks acknowledged commits (8): it is empty");
  }

  @Test
  void a_copy_by_sqlite_starts_alone_and_is_named_beside_newer_files()
      throws IOException, SQLException {
    Path copy = directory.resolve("copy.db");
    try (Journal journal = open("running")) {
      vacuum(directory.resolve("running"), copy);
      write(journal, COMMITS, COMMITS + 1);
    }
    for (String name : List.of("empty", "log", "number")) {
      Files.createDirectories(directory.resolve(name));
      Files.copy(copy, directory.resolve(name).resolve(JournalFile.FILE));
    }
    assertThat(stored("empty")).isEqualTo(ALL);
    assertThat(stored("empty")).as("again").isEqualTo(ALL);

    Files.copy(log(), Sqlite.log(directory.resolve("log").resolve(JournalFile.FILE)));
    assertThatThrownBy(() -> stored("log"))
        .hasMessageContaining("isn't the log of the sluice.db beside it, a copy");

    Files.copy(
        directory.resolve("running").resolve(CommitFile.FILE),
        directory.resolve("number").resolve(CommitFile.FILE));
    assertThatThrownBy(() -> stored("number"))
        .hasMessageContaining("lacks acknowledged commits (1)");
  }

  /** All with {@code -Plong}; else the headers of the log and of some frames, and some others. */
  private static int[] sample(int length) {
    Random random = new Random(length);
    IntStream headers =
        IntStream.of(0, length / 2 / FRAME, length / FRAME - 1)
            .flatMap(
                frame ->
                    IntStream.range(0, HEADER / 2).map(at -> Math.max(0, frame) * FRAME + 2 * at));
    IntStream others = IntStream.range(0, 40).map(i -> random.nextInt(length));
    return (LONG ? IntStream.range(0, length) : IntStream.concat(headers, others))
        .filter(at -> at < length)
        .toArray();
  }

  private boolean namedOrWhole(String what) {
    return namedOrWhole(killed, ALL, what);
  }

  /** True if it is named. Reads as a start does, which would also sync. */
  private static boolean namedOrWhole(Path directory, Set<String> all, String what) {
    if (JournalCheck.of(directory).problem() != null) {
      return true;
    }
    Set<String> found = new TreeSet<>();
    try (Connection connection = Sqlite.readOnly(directory.resolve(JournalFile.FILE));
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery("SELECT key FROM items")) {
      while (rows.next()) {
        found.add(new String(rows.getBytes(1), UTF_8));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(what, e);
    }
    assertThat(found).as(what).isEqualTo(all);
    return false;
  }

  private static void vacuum(Path from, Path into) throws SQLException {
    try (Connection connection = Sqlite.open(from.resolve(JournalFile.FILE));
        Statement sql = connection.createStatement()) {
      sql.execute("VACUUM INTO '" + into + "'");
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  private Map<String, byte[]> bytes() throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    for (Path file : List.of(file(), log(), number())) {
      bytes.put(file.toString(), Files.readAllBytes(file));
    }
    return bytes;
  }

  private Journal open(String name) {
    Journal journal = Journal.open(directory.resolve(name));
    journal.start();
    return journal;
  }

  private static void write(Journal journal, int from, int to) {
    for (String key : new TreeSet<>(keys(to)).tailSet(key(from))) {
      byte[] value = new byte[600];
      journal.await(journal.append(List.of(Row.put(StoreTable.ITEMS, key.getBytes(UTF_8), value))));
    }
  }

  static String key(int number) {
    return "key-%03d".formatted(number);
  }

  static Set<String> keys(int count) {
    Set<String> keys = new TreeSet<>();
    IntStream.range(0, count).forEach(i -> keys.add(key(i)));
    return keys;
  }

  private void copy(String from, String to) throws IOException {
    Path made = directory.resolve(to);
    Files.createDirectories(made);
    try (Stream<Path> files = Files.list(directory.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, made.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path file() {
    return killed.resolve(JournalFile.FILE);
  }

  private Path log() {
    return Sqlite.log(file());
  }

  private Path number() {
    return killed.resolve(CommitFile.FILE);
  }

  private Set<String> stored(String name) {
    List<String> keys = new ArrayList<>();
    try (Journal journal = Journal.open(directory.resolve(name))) {
      journal.read(StoreTable.ITEMS, (key, value) -> keys.add(new String(key, UTF_8)));
    }
    return new TreeSet<>(keys);
  }
}
