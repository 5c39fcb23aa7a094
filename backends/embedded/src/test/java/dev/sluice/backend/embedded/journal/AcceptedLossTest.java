package dev.sluice.backend.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.FilesCheck;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AcceptedLossTest {

  private static final String ORG = "org";
  private static final int ITEMS = 10;

  @TempDir Path directory;
  private Path killed;
  private long now = System.currentTimeMillis();

  @BeforeEach
  void kill() throws IOException {
    killed = Files.createDirectory(directory.resolve("killed"));
    try (QueueBackend backend = open(directory.resolve("running"))) {
      for (int i = 0; i < ITEMS; i++) {
        String id = "item-" + i;
        backend
            .work()
            .enqueue(
                ORG, List.of(new NewWork(id, id, id, "p", List.of(), 5, 1, 0, 0, "hash", "{}")));
      }
      try (Stream<Path> files = Files.list(directory.resolve("running"))) {
        for (Path file : files.toList()) {
          Files.copy(file, killed.resolve(file.getFileName()));
        }
      }
    }
  }

  @Test
  void a_journal_that_lacks_nothing_is_left_alone() {
    assertThat(check(false).whole()).isTrue();
    assertThat(check(true))
        .returns(true, FilesCheck::whole)
        .returns("nothing is known to be missing in the journal of " + killed, FilesCheck::words);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_loss_is_shown_then_accepted_then_named_for_a_week() throws IOException {
    byte[] damaged = cutLog();
    assertThatThrownBy(() -> open(killed))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("lacks acknowledged commits");
    assertThat(check(false))
        .returns(false, FilesCheck::whole)
        .satisfies(found -> assertThat(found.words()).contains("lacks acknowledged commits"));
    assertThat(log()).hasBinaryContent(damaged);

    assertThat(check(true).whole()).isTrue();
    try (QueueBackend backend = open(killed)) {
      assertThat(backend.work().counts(ORG).ready()).isPositive().isLessThan(ITEMS);
      assertThat(backend.audit().list(ORG, null, 10).items())
          .singleElement()
          .returns("accept-loss", AuditLine::verb)
          .returns(System.getProperty("user.name"), AuditLine::actor)
          .satisfies(line -> assertThat(line.reason()).contains("lacks acknowledged commits"));
    }
    Path kept = killed.resolve("sluice.db-wal.damaged");
    assertThat(kept).hasBinaryContent(damaged);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(warnings())
        .singleElement()
        .asString()
        .matches("a loss was accepted on 20\\S+Z, and is shown until 20\\S+Z: journal .*");

    now += Duration.ofDays(8).toMillis();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_second_loss_keeps_the_log_of_the_first() throws IOException {
    Path first = Files.writeString(killed.resolve("sluice.db-wal.damaged"), "first");
    Path second = Files.writeString(killed.resolve("sluice.db-wal.damaged.2"), "second");
    byte[] damaged = cutLog();

    assertThat(check(true).whole()).isTrue();
    assertThat(first).hasContent("first");
    assertThat(second).hasContent("second");
    assertThat(killed.resolve("sluice.db-wal.damaged.3")).hasBinaryContent(damaged);
  }

  @Test
  void a_log_that_does_not_belong_there_is_moved_away() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (QueueBackend backend = open(other)) {
      backend.credentials().installation("another");
      Files.write(log(), Files.readAllBytes(Sqlite.log(other.resolve(JournalFile.FILE))));
    }
    assertThat(check(false).words()).contains("is the log of another database");

    assertThat(check(true).whole()).isTrue();
    assertThat(warnings()).hasSize(1);
    assertThat(killed.resolve("sluice.db-wal.damaged")).exists();
  }

  @Test
  void what_is_left_must_be_sound() throws IOException {
    cutLog();
    Path file = killed.resolve(JournalFile.FILE);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 3 * 4096, bytes.length, (byte) 7);
    Files.write(file, bytes);

    assertThatThrownBy(() -> check(true))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("put back a backup");
    assertThat(check(false).whole()).isFalse();
  }

  @Test
  void a_journal_in_use_and_a_missing_directory_are_named() {
    try (QueueBackend backend = open(killed)) {
      assertThat(backend.upkeep().health().healthy()).isTrue();
      assertThatThrownBy(() -> check(true)).hasMessageContaining("in use by another Sluice");
    }
    killed = directory.resolve("none");
    assertThatThrownBy(() -> check(true)).hasMessageContaining("there is no data directory");
    assertThat(killed).doesNotExist();
  }

  private byte[] cutLog() throws IOException {
    byte[] log = Files.readAllBytes(log());
    byte[] cut = Arrays.copyOf(log, log.length * 2 / 3);
    Files.write(log(), cut);
    return cut;
  }

  private List<String> warnings() {
    try (QueueBackend backend = open(killed)) {
      return backend.upkeep().health().warnings().stream()
          .filter(line -> line.startsWith("a loss"))
          .toList();
    }
  }

  private FilesCheck check(boolean acceptLoss) {
    return JournalBackend.check(environment(killed), acceptLoss);
  }

  private QueueBackend open(Path data) {
    return JournalBackend.open(environment(data));
  }

  private BackendEnvironment environment(Path data) {
    return new BackendEnvironment(Rules.DEFAULTS, data, () -> OptionalLong.of(now));
  }

  private Path log() {
    return Sqlite.log(killed.resolve(JournalFile.FILE));
  }
}
