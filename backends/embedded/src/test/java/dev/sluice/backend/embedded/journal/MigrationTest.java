package dev.sluice.backend.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build with one layout more opens the journal of this one. */
@Timeout(600)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationTest {

  private static final int KILLS = Boolean.getBoolean("sluice.long") ? 20 : 1;
  private static final int OLD = Layouts.OF_THIS_BUILD.newest();
  private static final int NEW = OLD + 1;
  private static final Layouts NEWER = Layouts.OF_THIS_BUILD.with();
  private static final String COPY = JournalFile.FILE + ".v" + OLD;
  private static final String ORG = "org";

  /** About the time from the copy's name to the commit of the migration. */
  private static final long NEAR_NANOS = 40_000_000;

  @TempDir Path directory;

  @Test
  void a_journal_of_the_layout_before_is_copied_and_then_migrated() throws Exception {
    fill(3);
    Files.createFile(data().resolve("sluice.db.v3"));
    Files.createFile(data().resolve("sluice.db.v3.tmp"));

    try (QueueBackend backend = open(NEWER)) {
      assertThat(waiting(backend)).isEqualTo(3);
      backend.upkeep().sweep();
      backend.upkeep().sweep();
      assertThat(backend.upkeep().nodes().layout()).isEqualTo(NEW);
      assertThat(backend.audit().list(ORG, null, 10).items())
          .singleElement()
          .returns("raise-layout", AuditLine::verb)
          .returns("from " + OLD + " to " + NEW, AuditLine::detail);
      enqueue(backend, 3, 1);
    }

    assertThat(version(journal())).isEqualTo(NEW);
    assertThat(names()).contains(COPY).noneMatch(name -> name.contains(".v3"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy())))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> open(Layouts.OF_THIS_BUILD))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "journal "
                + journal()
                + " has layout "
                + NEW
                + ", this Sluice knows up to "
                + OLD
                + ": start the newer release");
    try (QueueBackend backend = open(NEWER)) {
      assertThat(waiting(backend)).isEqualTo(4);
    }
  }

  @Test
  void work_of_layout_4_has_no_subject() throws Exception {
    try (QueueBackend backend = open(Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST))) {
      enqueue(backend, 0, 1);
      assertThat(backend.sessions().headlines(ORG, List.of("session-0"))).isEmpty();
    }

    for (int start = 1; start <= 2; start++) {
      try (QueueBackend backend = open(Layouts.OF_THIS_BUILD)) {
        enqueue(backend, start, 1);
        assertThat(subject(backend, "session-0")).isEqualTo(Subject.NONE);
        assertThat(subject(backend, "session-1")).isEqualTo(titled("session-1"));
        assertThat(backend.sessions().headlines(ORG, List.of("session-0", "session-1")))
            .extracting(Headline::subject)
            .containsExactly(Subject.NONE, titled("session-1"));
      }
    }
    assertThat(names()).contains(JournalFile.FILE + ".v4");
    assertThat(version(journal())).isEqualTo(5);
  }

  @Test
  void work_of_layout_4_is_found_by_its_issue() throws Exception {
    NewWork work = new NewWork("a", "a", "ENG-1", "p", List.of(), 5, 1, 0, 0, "hash", "{}");
    try (QueueBackend backend = open(Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST))) {
      backend.work().enqueue(ORG, List.of(work));
      assertThat(backend.sessions().ofIssue(ORG, "ENG-1", null, 9).items()).isEmpty();
    }

    try (QueueBackend backend = open(Layouts.OF_THIS_BUILD)) {
      assertThat(backend.sessions().ofIssue(ORG, "eng-1", null, 9).items())
          .extracting(Session::id)
          .containsExactly("a");
    }
  }

  @Test
  void the_copy_serves_the_release_before() throws Exception {
    fill(3);
    open(NEWER).close();

    Files.move(copy(), journal(), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(data().resolve(CommitFile.FILE));
    try (QueueBackend backend = open(Layouts.OF_THIS_BUILD)) {
      assertThat(waiting(backend)).isEqualTo(3);
      assertThat(backend.upkeep().nodes().layout()).isEqualTo(OLD);
      enqueue(backend, 3, 1);
    }
    try (QueueBackend backend = open(NEWER)) {
      assertThat(waiting(backend)).as("migrated again").isEqualTo(4);
    }
    assertThat(version(copy())).isEqualTo(OLD);
  }

  @Test
  void without_room_for_the_copy_nothing_is_changed() throws Exception {
    JournalCopy copy = new JournalCopy(journal(), OLD);
    copy.requireRoom(1, 65L * 1024 * 1024);
    assertThatThrownBy(() -> copy.requireRoom(40L * 1024 * 1024, 100L * 1024 * 1024))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "journal "
                + journal()
                + " must be copied before its upgrade, which takes 104 MB; only 100 MB are free:"
                + " make room, or go on with the release before");
  }

  @Test
  void a_copy_that_can_not_be_made_leaves_the_journal_as_it_was() throws Exception {
    fill(3);
    Files.createDirectories(copy().resolve("in the way"));

    assertThatThrownBy(() -> open(NEWER))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("can't be copied before its upgrade, and stays as it was");

    assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    try (QueueBackend backend = open(Layouts.OF_THIS_BUILD)) {
      assertThat(waiting(backend)).isEqualTo(3);
    }
  }

  @Test
  void a_kill_leaves_the_old_journal_or_the_new_one() throws Exception {
    int items = 20_000;
    fill(items);
    Path saved = Files.copy(journal(), directory.resolve("saved"));
    long nanos = migrate(false, Long.MAX_VALUE);
    assertThat(version(journal())).isEqualTo(NEW);
    Random random = new Random(5);
    int stayed = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      for (String name : names()) {
        Files.delete(data().resolve(name));
      }
      Files.copy(saved, journal());
      boolean copied = kill % 2 == 1;
      migrate(copied, random.nextLong(copied ? NEAR_NANOS : nanos));

      int version = version(journal());
      stayed += version == OLD ? 1 : 0;
      assertThat(version).isIn(OLD, NEW);
      assertThat(whole(journal())).isTrue();
      if (version == NEW || names().contains(COPY)) {
        assertThat(whole(copy())).as("the copy").isTrue();
        assertThat(version(copy())).isEqualTo(OLD);
      }
      try (QueueBackend backend = open(NEWER)) {
        assertThat(waiting(backend)).isEqualTo(items);
      }
      assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    }
    System.out.printf(
        "Of %d kills within %d ms, %d before the migration%n", KILLS, nanos / 1_000_000, stayed);
  }

  /**
   * Opens the journal in a process, killed so long after it begins, or after the copy is there;
   * returns the time it took.
   */
  private long migrate(boolean copied, long killAfterNanos)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationTest.class.getName(),
                data().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line;
    do {
      line = process.inputReader().readLine();
    } while (line != null && !line.equals("opens"));
    long began = System.nanoTime();
    while (copied && !Files.exists(copy())) {
      Thread.onSpinWait();
    }
    process.waitFor(killAfterNanos, TimeUnit.NANOSECONDS);
    process.destroyForcibly().waitFor();
    return System.nanoTime() - began;
  }

  public static void main(String[] args) {
    System.out.println("opens");
    System.out.flush();
    Journal.open(Path.of(args[0]), 0, NEW, false).close();
  }

  private void fill(int items) {
    try (QueueBackend backend = open(Layouts.OF_THIS_BUILD)) {
      for (int i = 0; i < items; i += 1_000) {
        enqueue(backend, i, Math.min(1_000, items - i));
      }
    }
  }

  private static void enqueue(QueueBackend backend, int first, int count) {
    backend
        .work()
        .enqueue(
            ORG,
            IntStream.range(first, first + count).mapToObj(i -> work("session-" + i)).toList());
  }

  private static NewWork work(String id) {
    String item = "{\"id\":\"%s\",\"prompt\":\"%s\"}".formatted(id, "x".repeat(900));
    return new NewWork(
        id, id, id, "p", List.of(), null, 5, 1, 0, 0, List.of(), "hash", item, titled(id), null);
  }

  private static Subject titled(String id) {
    return new Subject("Fix " + id, "main", "opus");
  }

  private static Subject subject(QueueBackend backend, String id) {
    return backend.sessions().find(ORG, id).subject();
  }

  private static long waiting(QueueBackend backend) {
    return backend.work().counts(ORG).ready();
  }

  private QueueBackend open(Layouts layouts) {
    return JournalBackend.open(
        new BackendEnvironment(Rules.DEFAULTS, data(), StoreTime.STORE), layouts);
  }

  private static int version(Path file) throws SQLException {
    return Integer.parseInt(ask(file, "PRAGMA user_version"));
  }

  private static boolean whole(Path file) throws SQLException {
    return ask(file, "PRAGMA integrity_check").equals("ok");
  }

  /** Leaves the log, which the journal may need after a kill. */
  private static String ask(Path file, String query) throws SQLException {
    try (Connection connection = Sqlite.readOnly(file);
        Statement sql = connection.createStatement();
        ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path journal() {
    return data().resolve(JournalFile.FILE);
  }

  private Path copy() {
    return data().resolve(COPY);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
