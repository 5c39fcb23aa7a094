package dev.sluice.service.cli;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.cli.ApiCommand.Surroundings;
import dev.sluice.service.cli.TypedCommand.Outcome;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import io.dropwizard.core.cli.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Backup, restore and move between two servers; {@code MovedFleetIT} has all stores. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferCommandsTest {

  private static final String OTHER_SECRET = "another-signing-secret-of-more-than-32-characters";

  @TempDir private Path directory;

  private SluiceServer source;
  private SluiceServer target;
  private TestWorker worker;

  @BeforeEach
  void start() {
    source = SluiceServer.start("memory");
    target =
        SluiceServer.start(
            "memory",
            "credentials.jwtSecret=" + OTHER_SECRET,
            "credentials.previousJwtSecrets=" + JWT_SECRET);
    worker = source.register("{\"hostname\":\"h\",\"capacity\":2}");
    for (String id : List.of("running", "claimed", "first", "second")) {
      source.enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"web\"}");
    }
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("running", "claimed");
    assertThat(worker.report("running", "running").status()).isEqualTo(200);
    source.post(
        "/api/sessions/running/inbox", API_KEY, "{\"type\":\"nudge\",\"payload\":\"hello\"}");
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
  }

  @Test
  void a_moved_worker_goes_on_with_its_claims_and_messages() throws Exception {
    Outcome dry = move("--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out()).startsWith("ready to move");

    Outcome moved = move();

    assertThat(moved.code()).as(moved.err()).isZero();
    assertThat(moved.out()).startsWith("moved and compared ").contains("4 session", "1 worker");
    Answer refused = source.get("/api/workers/" + worker.id() + "/poll", worker.token());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("/message")).endsWith("; it is now at " + target.url());
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    TestWorker there = new TestWorker(target, worker.id(), worker.token());
    Answer poll = there.poll();
    assertThat(poll.text("/inboxMessages/running/0/payload")).isEqualTo("hello");
    assertThat(there.report("running", "completed").status()).isEqualTo(200);
    assertThat(TestWorker.claimed(there.poll())).containsExactly("first");
    assertThat(there.report("claimed", "running").status()).isEqualTo(200);

    Outcome again = move();
    assertThat(again.out()).isEqualTo("the source had been moved; the target is open\n");
  }

  @Test
  void a_move_of_more_is_rehearsed_and_leaves_nothing_of_that() throws Exception {
    for (int i = 0; i < 20; i++) {
      source.enqueue("{\"prompt\":\"p\"}");
    }
    String killed = new String(Rehearsal.lines(3).readAllBytes(), UTF_8);
    String reason = ApiClient.encoded("rehearsal of the move from " + source.url());
    String begin = "/api/import?open=false&piece=1&reason=" + reason;
    assertThat(target.post(begin, API_KEY, killed).status()).isEqualTo(200);
    assertThat(target.get("/api/work/rehearsal-1", API_KEY).status()).isEqualTo(200);

    Outcome moved = move();

    assertThat(moved.code()).as(moved.err()).isZero();
    assertThat(moved.out()).contains("24 session");
    assertThat(target.get("/api/work/rehearsal-1", API_KEY).status()).isEqualTo(404);
    assertThat(closed(target)).isFalse();
  }

  @Test
  void a_target_that_is_not_empty_leaves_both_as_they_were() throws Exception {
    target.enqueue("{\"sessionId\":\"own\",\"prompt\":\"p\"}");

    for (Outcome refused : List.of(move("--dry-run"), move())) {
      assertThat(refused.code()).isNotZero();
      assertThat(refused.err()).contains("not empty");
    }
    assertThat(worker.heartbeat(2).status()).isEqualTo(200);
    assertThat(target.get("/api/work/own", API_KEY).status()).isEqualTo(200);
    assertThat(closed(source)).isFalse();
    assertThat(closed(target)).isFalse();
  }

  @Test
  void a_target_that_refuses_the_tokens_is_told_before() throws Exception {
    String unlike = "credentials.previousJwtSecrets=" + OTHER_SECRET;
    try (SluiceServer other = SluiceServer.start("memory", unlike)) {
      Outcome refused = move(other, "--dry-run");
      assertThat(refused.code()).isNotZero();
      assertThat(refused.err()).contains("credentials.previousJwtSecrets");
      assertThat(move(other, "--new-tokens").code()).isZero();
    }
  }

  @Test
  void a_backup_is_restored_elsewhere() throws Exception {
    for (String name : List.of("plain.ndjson", "packed.ndjson.gz")) {
      Path file = directory.resolve(name);
      Outcome saved = run(BackupCommand::new, "--url", source.url(), file.toString());
      assertThat(saved.code()).as(saved.err()).isZero();
      assertThat(saved.out()).contains("4 session");
      assertThat(saved.err()).contains("closed for at most");
      Outcome checked = run(RestoreCommand::new, "--check", file.toString());
      assertThat(checked.out()).isEqualTo(saved.out());
    }
    assertThat(worker.heartbeat(2).status()).as("the source is open").isEqualTo(200);
    assertThat(Files.list(directory)).as("no parts are left").hasSize(2);

    Path file = directory.resolve("packed.ndjson.gz");
    Outcome restored = run(RestoreCommand::new, "--url", target.url(), file.toString());

    assertThat(restored.code()).as(restored.err()).isZero();
    TestWorker there = new TestWorker(target, worker.id(), worker.token());
    assertThat(there.report("running", "completed").status()).isEqualTo(200);
    Outcome again = run(RestoreCommand::new, "--url", target.url(), file.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("not empty");
  }

  @Test
  void a_file_or_folder_that_is_missing_is_named_in_a_sentence() throws Exception {
    Path file = directory.resolve("missing").resolve("backup.ndjson.gz");
    Outcome backup = run(BackupCommand::new, "--url", source.url(), file.toString());
    assertThat(backup.code()).isEqualTo(2);
    assertThat(backup.lines()).isEmpty();
    assertThat(backup.err().strip())
        .isEqualTo("backup: there is no folder " + directory.resolve("missing"));

    Path none = directory.resolve("none.ndjson");
    for (String option : List.of("--check", "--url=" + target.url())) {
      Outcome restore = run(RestoreCommand::new, option, none.toString());
      assertThat(restore.code()).isEqualTo(2);
      assertThat(restore.err().strip()).isEqualTo("restore: there is no file " + none);
    }
    Outcome folder = run(RestoreCommand::new, "--check", directory.toString());
    assertThat(folder.code()).isEqualTo(2);
    assertThat(folder.err()).contains("is a folder");
  }

  @Test
  void a_backup_is_in_the_audit_log_and_an_export_of_a_move_is_not() throws Exception {
    run(BackupCommand::new, "--url", source.url(), directory.resolve("a.ndjson").toString());
    assertThat(exports()).hasSize(1);
    assertThat(move().code()).isZero();
    assertThat(exports()).hasSize(1);
  }

  private List<String> exports() {
    List<String> found = new ArrayList<>();
    for (JsonNode line : source.get("/api/audit", API_KEY).json().findValues("verb")) {
      if (line.asText().equals("export")) {
        found.add(line.asText());
      }
    }
    return found;
  }

  @Test
  void a_backup_follows_no_link_and_leaves_a_directory() throws Exception {
    Path other = Files.writeString(directory.resolve("other"), "of another program");
    Path link = Files.createSymbolicLink(directory.resolve("backup"), other);
    Path folder = Files.createDirectory(directory.resolve("folder"));

    Outcome saved = run(BackupCommand::new, "--url", source.url(), link.toString());
    Outcome refused = run(BackupCommand::new, "--url", source.url(), folder.toString());

    assertThat(saved.code()).as(saved.err()).isZero();
    assertThat(other).hasContent("of another program");
    assertThat(link).isRegularFile();
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(link)))
        .isEqualTo("rw-------");
    assertThat(refused.code()).isNotZero();
    assertThat(folder).isEmptyDirectory();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(other, link, folder);
    }
  }

  @Test
  void a_damaged_backup_is_refused_before_anything_is_written() throws Exception {
    Path file = directory.resolve("plain.ndjson");
    run(BackupCommand::new, "--url", source.url(), file.toString());
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));

    Outcome refused = run(RestoreCommand::new, "--url", target.url(), file.toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("line " + lines.size() + ": the export ends without");
    assertThat(closed(target)).isFalse();
  }

  @Test
  void an_import_that_breaks_off_goes_on_or_is_discarded() throws Exception {
    Path file = directory.resolve("plain.ndjson");
    run(BackupCommand::new, "--url", source.url(), file.toString());
    List<String> lines = Files.readAllLines(file);
    String begin = String.join("\n", lines.subList(0, lines.size() - 3)) + "\n";
    assertThat(piece(1, begin).status()).isEqualTo(200);
    assertThat(piece(1, begin).text("/pieces")).as("a repeated piece").isEqualTo("1");
    assertThat(piece(3, begin).text("/message")).contains("piece must be 2");
    assertThat(piece(2, "{\"type\":\"nothing\"}\n").text("/message"))
        .contains("line " + (lines.size() - 2));
    assertThat(target.delete("/api/closure", API_KEY).status()).isEqualTo(409);

    Outcome discarded = run(RestoreCommand::new, "--url", target.url(), "--discard");

    assertThat(discarded.code()).as(discarded.err()).isZero();
    assertThat(closed(target)).isFalse();
    Outcome restored = run(RestoreCommand::new, "--url", target.url(), file.toString());
    assertThat(restored.code()).as(restored.err()).isZero();
  }

  @Test
  void a_key_with_more_scopes_than_the_caller_is_refused() {
    String key =
        target
            .post(
                "/api/keys",
                API_KEY,
                "{\"name\":\"mover\",\"type\":\"user\",\"scopes\":[\"keys:write\",\"work:read\"]}")
            .text("/secret");
    String lines = source.get("/api/export", API_KEY).body();

    Answer refused =
        target.call(
            "POST", "/api/import", key, lines, Map.of("Content-Type", "application/x-ndjson"));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.text("/message"))
        .contains("line 4: the key has scopes that the caller lacks");
    assertThat(closed(target)).isFalse();
  }

  @Test
  void a_closure_is_ended_by_its_id_and_moved_while_it_stands() {
    assertThat(close("{\"id\":\"a\",\"movedTo\":\"http://other\"}").status()).isEqualTo(409);
    assertThat(close("{\"id\":\"a\",\"seconds\":60}").status()).isEqualTo(200);
    assertThat(source.delete("/api/closure?id=b", API_KEY).status()).isEqualTo(409);
    assertThat(close("{\"id\":\"a\",\"movedTo\":\"http://other\"}").status()).isEqualTo(200);
    assertThat(close("{\"id\":\"a\",\"seconds\":60}").status()).isEqualTo(503);
    assertThat(source.delete("/api/closure?id=a", API_KEY).status()).isEqualTo(200);
    assertThat(closed(source)).isFalse();
  }

  @Test
  void an_export_of_a_closed_org_is_in_the_log() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger audit = (Logger) LoggerFactory.getLogger("dev.sluice.audit");
    lines.start();
    audit.addAppender(lines);
    try {
      close("{\"id\":\"a\",\"seconds\":60}");
      assertThat(source.get("/api/export?closure=a&reason=why", API_KEY).status()).isEqualTo(200);
    } finally {
      audit.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(
            line ->
                line.contains("verb=\"export\" object=\"a\"") && line.contains("reason=\"why\""));
  }

  private Answer close(String body) {
    return source.call("PUT", "/api/closure", API_KEY, body, Map.of());
  }

  private Answer piece(int number, String lines) {
    return target.call(
        "POST",
        "/api/import?piece=" + number,
        API_KEY,
        lines,
        Map.of("Content-Type", "application/x-ndjson"));
  }

  private static boolean closed(SluiceServer server) {
    return server.get("/api/closure", API_KEY).json().path("closed").asBoolean();
  }

  private Outcome move(String... more) throws Exception {
    return move(target, more);
  }

  private Outcome move(SluiceServer to, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--from", source.url(), "--to", to.url()));
    return run(
        around -> new MoveCommand(around, ms -> {}, System::nanoTime),
        arguments.toArray(String[]::new));
  }

  private Outcome run(Function<Surroundings, ? extends Command> command, String... arguments)
      throws Exception {
    return new TypedCommand(command, directory.resolve("none"))
        .environment(Map.of("SLUICE_API_KEY", API_KEY, "SLUICE_TO_API_KEY", API_KEY))
        .run(arguments);
  }
}
