package dev.sluice.backend.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a data directory written before the engine existed, commit 8dc6503. */
class OldDataTest {

  private static final String ORG = "default";
  private static final AuditNote BY = new AuditNote("who", "why");

  /** Some seconds after the data was written. */
  private static final long NOW = 1_795_831_725_000L;

  @TempDir Path directory;

  private QueueBackend backend;
  private long now = NOW;

  @BeforeEach
  void start() throws IOException {
    unpack();
    open();
  }

  private void unpack() throws IOException {
    try (InputStream old =
        new GZIPInputStream(
            Objects.requireNonNull(
                OldDataTest.class.getResourceAsStream("/sluice-before-engine.db.gz")))) {
      Files.copy(old, directory.resolve(JournalFile.FILE), StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(directory.resolve(CommitFile.FILE));
    }
  }

  private void open() {
    backend =
        JournalBackend.open(
            new BackendEnvironment(Rules.DEFAULTS, directory, () -> OptionalLong.of(now)));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void finds_work_in_each_place() {
    assertThat(session("wait-1"))
        .returns(Place.READY, Session::place)
        .returns(
            "{\"projectName\":\"web\",\"sessionId\":\"wait-1\",\"issueId\":\"i-1\",\"prompt\":\"w\"",
            session -> session.item().substring(0, session.item().indexOf(",\"issueIdentifier")));
    assertThat(session("parked-1").place()).isEqualTo(Place.PARKED);
    assertThat(session("later-1").place()).isEqualTo(Place.LATER);
    assertThat(session("claimed-1"))
        .returns(Place.CLAIMED, Session::place)
        .returns(SessionState.RUNNING, Session::state);
    assertThat(session("dead-1").place()).isEqualTo(Place.DEAD);
    assertThat(session("ended-1"))
        .returns(Place.ENDED, Session::place)
        .returns(SessionState.COMPLETED, Session::state);
    assertThat(backend.upkeep().health().warnings()).isEmpty();
  }

  @Test
  void finds_messages_activities_and_audit() {
    assertThat(backend.inboxes().list(ORG, "claimed-1"))
        .extracting(Message::payload)
        .containsExactly("be quick");
    assertThat(backend.sessions().activities(ORG, "claimed-1", 0, 10))
        .extracting(Activity::type)
        .containsExactly("thought");
    assertThat(backend.audit().list(ORG, null, 10).items())
        .extracting(line -> line.verb())
        .contains("pause", "send");
  }

  @Test
  void finds_sessions_by_public_id_at_each_start() {
    for (int start = 0; start < 2; start++) {
      assertThat(named("e89df39fdcd37103")).isEqualTo("wait-1");
      assertThat(named("7e04593660948fc2ced8265e86a7a956")).isEqualTo("wait-1");
      assertThat(named("731ed5126f909ce8")).isEqualTo("ended-1");
      backend.close();
      open();
    }
  }

  @Test
  void an_item_gets_no_public_id_that_is_of_another() throws Exception {
    backend.close();
    unpack();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(JournalFile.FILE));
        Statement sql = connection.createStatement()) {
      sql.execute(
          "UPDATE items SET sum = NULL, value = CAST(substr(value, 1, 8) || x'01' ||"
              + " CAST('731ed5126f909ce8' AS BLOB) || substr(value, 9) AS BLOB)"
              + " WHERE hex(key) LIKE '%'||hex('wait-1')||'%'");
    }
    for (int start = 0; start < 2; start++) {
      open();
      assertThat(named("731ed5126f909ce8")).isEqualTo("ended-1");
      assertThat(named("e89df39fdcd37103")).isEqualTo("wait-1");
      assertThat(session("wait-1").item()).startsWith("{");
      backend.close();
    }
    now += Rules.DEFAULTS.kept().endedMs();
    open();
    backend.upkeep().sweep();

    assertThatThrownBy(() -> named("731ed5126f909ce8")).isInstanceOf(RefusedException.class);
    assertThat(named("e89df39fdcd37103")).isEqualTo("wait-1");
  }

  @Test
  void work_continues() {
    WorkerRef worker = new WorkerRef(ORG, session("claimed-1").owner(), null);
    backend.queues().resume(ORG, "web", BY);
    backend.sessions().requeue(ORG, "dead-1", Place.ANY, BY);

    List<ClaimedWork> work = backend.workers().poll(new PollRequest(worker, "r-1", 5)).work();

    assertThat(work).extracting(ClaimedWork::sessionId).containsExactly("dead-1", "wait-1");
    assertThat(session("claimed-1").owner()).isEqualTo(worker.workerId());
  }

  private String named(String publicId) {
    return backend.sessions().findPublic(ORG, publicId).id();
  }

  private Session session(String id) {
    return backend.sessions().find(ORG, id);
  }
}
