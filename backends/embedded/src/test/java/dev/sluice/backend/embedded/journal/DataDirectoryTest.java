package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final String ORG = "org";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final int PAGE = 4096;

  /** Lower byte of the number of rows, in a page. */
  private static final int CELLS_AT = 4;

  @TempDir Path directory;

  @Test
  void allFilesAreClosedToOthers() throws IOException {
    try (QueueBackend backend = open()) {
      backend.credentials().signingSecret(SECRET);
      assertThat(modes()).containsOnly("rw-------").hasSizeGreaterThanOrEqualTo(4);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void filesOpenToOthersAreClosed() throws IOException {
    open().close();
    for (Path file : files()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxrwxrwx"));

    try (QueueBackend backend = open()) {
      assertThat(backend.upkeep().health().healthy()).isTrue();
      assertThat(modes()).containsOnly("rw-------");
    }
  }

  @Test
  void theSigningSecretIsNotInTheJournal() throws IOException {
    try (QueueBackend backend = open()) {
      assertThat(backend.credentials().signingSecret(SECRET)).isEqualTo(SECRET);
      assertThat(backend.credentials().signingSecret("another")).isEqualTo(SECRET);
    }
    assertThat(data().resolve(SigningKeyFile.FILE)).content().isEqualTo(SECRET + "\n");
    assertThat(Files.readString(data().resolve("sluice.db"), ISO_8859_1)).doesNotContain(SECRET);
  }

  @Test
  void aSigningSecretInTheJournalMovesOutOfIt() throws IOException {
    try (Journal journal = Journal.open(data())) {
      journal.start();
      journal.append(
          List.of(
              Row.put(
                  StoreTable.REGISTRY,
                  "signing-secret".getBytes(ISO_8859_1),
                  SECRET.getBytes(ISO_8859_1))));
    }
    open().close(); // moved at the start: with a secret from the environment none is asked for
    assertThat(data().resolve(SigningKeyFile.FILE)).content().isEqualTo(SECRET + "\n");
    assertThat(Files.readString(data().resolve("sluice.db"), ISO_8859_1)).doesNotContain(SECRET);

    try (QueueBackend backend = open()) {
      assertThat(backend.credentials().signingSecret("another")).isEqualTo(SECRET);
    }
  }

  @Test
  void findingsAndTheirNoticesSurviveARestart() {
    SeenFinding seen = new SeenFinding("no-worker", "web", "web", "no worker takes web");
    Finding before;
    try (QueueBackend backend = open()) {
      backend.findings().observe(ORG, List.of(seen), 60_000, true);
      backend.findings().acknowledge(ORG, seen.key(), new AuditNote("ann", "on it"));
      backend.findings().mute(ORG, seen.key(), Long.MAX_VALUE / 2, new AuditNote("bob", ""));
      before = backend.findings().list(ORG).get(0);
    }
    try (QueueBackend backend = open()) {
      assertThat(before.owner()).isEqualTo("ann");
      assertThat(backend.findings().list(ORG)).containsExactly(before);
      assertThat(backend.findings().takeNotices(ORG, List.of(), 9))
          .extracting(FindingNotice::begin)
          .containsExactly(true);
    }
  }

  @Test
  void aDamagedSessionIsRefusedByNameAndWarnedOf() throws SQLException {
    enqueue("one", "two");
    damage("states", "hex(key) LIKE '%'||hex('one')||'%' AND hex(key) LIKE hex('org')||'0131%'");

    try (QueueBackend backend = open()) {
      assertThat(backend.upkeep().health().warnings())
          .anySatisfy(line -> assertThat(line).isEqualTo(warning("session one of org " + ORG)));
      assertThatThrownBy(() -> backend.sessions().find(ORG, "one"))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.DAMAGED));
      assertThat(backend.sessions().find(ORG, "two").item()).isEqualTo("{\"id\":\"two\"}");
    }
  }

  @Test
  void aDamagedItemIsNotServed() throws SQLException {
    enqueue("one", "two");
    damage("items", "hex(key) LIKE '%'||hex('one')||'%'");

    try (QueueBackend backend = open()) {
      assertThat(backend.upkeep().health().warnings())
          .anySatisfy(line -> assertThat(line).startsWith(warning("items " + ORG + " one")));
      assertThat(backend.sessions().find(ORG, "one").item()).isEmpty();
      assertThat(backend.sessions().find(ORG, "two").item()).isEqualTo("{\"id\":\"two\"}");
    }
  }

  @Test
  void publicIdsTakeNoRows() throws SQLException {
    try (QueueBackend backend = open()) {
      backend.work().enqueue(ORG, List.of(work("one", "p", "q"), work("two", "r", "p")));
    }
    assertThat(execute("DELETE FROM names")).isZero();

    try (QueueBackend backend = open()) {
      assertThat(named(backend, "p")).isEqualTo("one");
      assertThat(named(backend, "q")).isEqualTo("one");
      assertThat(named(backend, "r")).isEqualTo("two");
    }
  }

  @Test
  void aDamagedRowThatAllElseNeedsIsRefusedByName() throws SQLException {
    enqueue("one");
    damage("registry", "key = CAST('orgs' AS BLOB)");

    assertThatThrownBy(this::open)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("row x'6f726773' of table registry")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void aDamagedKeyIsRefusedByName() throws SQLException {
    enqueue("one");
    execute("UPDATE items SET key = CAST(replace(CAST(key AS TEXT), 'one', 'uno') AS BLOB)");

    assertThatThrownBy(this::open)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("of table items");
  }

  /** One flipped bit does that, and the rows that are left have their checksums. */
  @Test
  void aPageThatTellsOfFewerRowsIsRefused() throws Exception {
    enqueue("one", "two");
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("data/sluice.db").toFile(), "rw")) {
      file.seek((page("items") - 1) * PAGE + CELLS_AT);
      assertThat(file.read()).isEqualTo(2);
      file.seek(file.getFilePointer() - 1);
      file.write(1);
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("is damaged, so that rows may be missing: ")
        .hasMessageContaining("put back a copy of the data directory or a backup");
  }

  private long page(String table) throws SQLException {
    try (Connection connection = Sqlite.readOnly(directory.resolve("data/sluice.db"));
        Statement sql = connection.createStatement()) {
      return Sqlite.number(
          sql, "SELECT max(rootpage) FROM sqlite_schema WHERE tbl_name = '" + table + "'");
    }
  }

  private void enqueue(String... ids) {
    try (QueueBackend backend = open()) {
      for (String id : ids) {
        backend.work().enqueue(ORG, List.of(work(id)));
      }
    }
  }

  private static String named(QueueBackend backend, String publicId) {
    return backend.sessions().findPublic(ORG, publicId).id();
  }

  private static NewWork work(String id, String... publicIds) {
    String item = "{\"id\":\"%s\"}".formatted(id);
    return new NewWork(
        id,
        id,
        id,
        "p",
        List.of(),
        null,
        5,
        1,
        0,
        0,
        List.of(publicIds),
        "hash",
        item,
        Subject.NONE,
        null);
  }

  /** Flips the last byte of each value. */
  private void damage(String table, String where) throws SQLException {
    String last = "CASE WHEN hex(substr(value, -1)) = '7D' THEN x'7C' ELSE x'7D' END";
    assertThat(
            execute(
                "UPDATE "
                    + table
                    + " SET value = CAST(substr(value, 1, length(value) - 1) || "
                    + last
                    + " AS BLOB) WHERE "
                    + where))
        .as("rows damaged")
        .isPositive();
  }

  private int execute(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data().resolve("sluice.db"));
        Statement sql = connection.createStatement()) {
      return sql.executeUpdate(statement);
    }
  }

  private static String warning(String record) {
    return "damaged record: " + record;
  }

  private QueueBackend open() {
    return DurableKillTest.open(data());
  }

  private Path data() {
    return directory.resolve("data");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files.toList();
    }
  }

  private List<String> modes() throws IOException {
    return files().stream()
        .map(
            file -> {
              try {
                return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .toList();
  }
}
