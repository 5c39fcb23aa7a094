package dev.sluice.backend.embedded.journal;

import static dev.sluice.backend.embedded.journal.DamagedLogTest.key;
import static dev.sluice.backend.embedded.journal.DamagedLogTest.keys;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files as they may be after a power cut: what was synced is there, and of what was written since
 * any sectors. Each starts, with all that was acknowledged.
 */
@Timeout(1200)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PowerCutTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final int CUTS = LONG ? 200 : 4;
  private static final int SECTOR = 512;
  private static final int COMMITS = 18;
  private static final Set<Integer> COPIED = Set.of(6, 12);

  @TempDir Path directory;
  private final Random random = new Random(35);

  /** The files once a commit or a copy of the log is done. */
  private record Files3(int commits, byte[] file, byte[] log, byte[] number) {}

  @Test
  void a_commit_that_breaks_off_refuses_no_start() throws Exception {
    List<Files3> all = run();
    for (int i = 1; i < all.size(); i++) {
      Files3 before = all.get(i - 1);
      Files3 after = all.get(i);
      if (after.commits() > before.commits()) {
        for (int cut = 0; cut < CUTS; cut++) {
          byte[] log = mixed(before.log(), after.log());
          assertThat(started(before.file(), log, before.number()))
              .as("commit %d", after.commits())
              .containsAll(keys(before.commits()));
        }
      }
    }
  }

  @Test
  void a_number_that_was_not_synced_refuses_no_start() throws Exception {
    List<Files3> all = run();
    for (int i = 3; i < all.size(); i++) {
      Files3 now = all.get(i);
      for (int earlier = i - 3; earlier <= i; earlier++) {
        byte[] number = mixed(all.get(earlier).number(), now.number());
        assertThat(started(now.file(), now.log(), number)).isEqualTo(keys(now.commits()));
      }
    }
  }

  @Test
  void a_copy_of_the_log_that_breaks_off_refuses_no_start() throws Exception {
    for (Files3[] copy : copies(run())) {
      for (int cut = 0; cut < CUTS; cut++) {
        byte[] file = mixed(copy[0].file(), copy[1].file());
        assertThat(started(file, copy[0].log(), needsLog(copy[0])))
            .isEqualTo(keys(copy[0].commits()));
      }
      assertThat(started(copy[1].file(), copy[1].log(), needsLog(copy[0])))
          .isEqualTo(keys(copy[1].commits()));
      assertThat(started(copy[1].file(), new byte[0], copy[1].number()))
          .as("the log is emptied after the copy")
          .isEqualTo(keys(copy[1].commits()));
    }
  }

  @Test
  void damage_of_the_log_is_named_when_a_copy_of_it_broke_off() throws Exception {
    for (Files3[] copy : copies(run())) {
      int length = copy[0].log().length;
      int[] sample =
          LONG ? IntStream.range(0, length).toArray() : random.ints(30, 0, length).toArray();
      for (int at : IntStream.concat(IntStream.range(0, 30), Arrays.stream(sample)).toArray()) {
        byte[] log = copy[0].log().clone();
        log[at] ^= 1;
        byte[] file = mixed(copy[0].file(), copy[1].file());
        Path data = put(file, log, needsLog(copy[0]));
        if (!named(data)) {
          assertThat(stored(data)).as("byte %d", at).isEqualTo(keys(copy[0].commits()));
        }
      }
      Path data = put(copy[1].file(), new byte[0], needsLog(copy[0]));
      assertThat(JournalCheck.of(data).problem()).contains("is worth nothing without its log");
    }
  }

  /**
   * Else a kill in a stop that copies nothing would leave a file that needs a log without frames.
   */
  @Test
  void a_copy_of_nothing_says_nothing() throws Exception {
    Path data = Files.createDirectory(directory.resolve("idle"));
    try (JournalFile journal = JournalFile.open(data, 0, Layouts.OF_THIS_BUILD.newest(), false)) {
      byte[] before = Files.readAllBytes(data.resolve(CommitFile.FILE));

      assertThat(journal.copyLog()).isTrue();

      assertThat(Files.readAllBytes(data.resolve(CommitFile.FILE))).isEqualTo(before);
    }
  }

  @Test
  void a_start_that_fails_leaves_the_log_that_is_needed() throws Exception {
    for (Files3[] copy : copies(run())) {
      Path data = put(mixed(copy[0].file(), copy[1].file()), copy[0].log(), needsLog(copy[0]));

      assertThatThrownBy(() -> JournalFile.open(data, 0, Layouts.FIRST, false))
          .isInstanceOf(JournalException.class);

      assertThat(stored(data)).isEqualTo(keys(copy[0].commits()));
    }
  }

  private static boolean named(Path data) {
    try {
      return JournalCheck.of(data).problem() != null;
    } catch (JournalException e) {
      return true; // what is left can't be read
    }
  }

  private List<Files3> run() throws SQLException, IOException {
    List<Files3> all = new ArrayList<>();
    Path data = directory.resolve("running-" + random.nextInt(Integer.MAX_VALUE));
    Files.createDirectory(data);
    try (JournalFile journal = JournalFile.open(data, 0, Layouts.OF_THIS_BUILD.newest(), false)) {
      all.add(files(data, 0));
      for (int i = 1; i <= COMMITS; i++) {
        byte[] key = key(i - 1).getBytes(UTF_8);
        journal.commit(List.of(Row.put(StoreTable.ITEMS, key, new byte[700])));
        all.add(files(data, i));
        if (COPIED.contains(i)) {
          assertThat(journal.copyLog()).isTrue();
          all.add(files(data, i));
        }
      }
    }
    return all;
  }

  /** Before and after each copy. */
  private static List<Files3[]> copies(List<Files3> all) {
    return IntStream.range(1, all.size())
        .filter(i -> all.get(i).commits() == all.get(i - 1).commits())
        .mapToObj(i -> new Files3[] {all.get(i - 1), all.get(i)})
        .toList();
  }

  private byte[] needsLog(Files3 before) throws IOException {
    Path data = put(before.file(), before.log(), before.number());
    Commit commit = CommitFile.read(data).commit();
    CommitFile.open(data, commit, true).sync();
    return Files.readAllBytes(data.resolve(CommitFile.FILE));
  }

  /** Any sectors of the later content. */
  private byte[] mixed(byte[] before, byte[] after) {
    int length = before.length + random.nextInt(Math.max(0, after.length - before.length) + 1);
    byte[] mixed = Arrays.copyOf(before, Math.min(length, Math.max(before.length, after.length)));
    for (int at = 0; at < Math.min(mixed.length, after.length); at += SECTOR) {
      if (random.nextBoolean()) {
        int end = Math.min(SECTOR, Math.min(mixed.length, after.length) - at);
        System.arraycopy(after, at, mixed, at, end);
      }
    }
    return mixed;
  }

  private Set<String> started(byte[] file, byte[] log, byte[] number)
      throws IOException, SQLException {
    Path data = put(file, log, number);
    assertThat(JournalCheck.of(data).problem()).isNull();
    return stored(data);
  }

  private Path put(byte[] file, byte[] log, byte[] number) throws IOException {
    Path data = directory.resolve("cut");
    Files.createDirectories(data);
    Files.write(data.resolve(JournalFile.FILE), file);
    Files.write(Sqlite.log(data.resolve(JournalFile.FILE)), log);
    Files.write(data.resolve(CommitFile.FILE), number);
    return data;
  }

  private static Set<String> stored(Path data) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = Sqlite.readOnly(data.resolve(JournalFile.FILE));
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery("SELECT key FROM items")) {
      while (rows.next()) {
        found.add(new String(rows.getBytes(1), UTF_8));
      }
    }
    return found;
  }

  private static Files3 files(Path data, int commits) throws IOException {
    Path file = data.resolve(JournalFile.FILE);
    Path log = Sqlite.log(file);
    return new Files3(
        commits,
        Files.readAllBytes(file),
        Files.exists(log) ? Files.readAllBytes(log) : new byte[0],
        Files.readAllBytes(data.resolve(CommitFile.FILE)));
  }
}
