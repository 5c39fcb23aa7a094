package dev.sluice.backend.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.BatchJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that changes keys, pauses, jobs and sessions, again and again on one directory.
 * Everything it reported as done is found afterwards.
 */
@Timeout(600)
class DurableKillTest {

  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 20 : 2;

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Random random = new Random(2);
    Set<String> done = new HashSet<>();
    int next = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      List<String> said = writeAndKill(next, 50 + random.nextInt(500));
      done.addAll(said);
      next += said.size(); // started but not reported
      check(done);
      System.out.printf("Kill %d: %d changes acknowledged so far, all found%n", round, done.size());
    }
  }

  private List<String> writeAndKill(int first, int lines) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DurableWriter.class.getName(),
                directory.toString(),
                String.valueOf(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader output = writer.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.matches("(key|pause|revoke|resume|job|offer|name|tool|attempt) \\d+")) {
          said.add(line);
        }
        if (said.size() == lines) {
          writer.toHandle().destroyForcibly(); // keeps the output open, unlike the process itself
        }
      }
    }
    writer.waitFor();
    assertThat(said).as("changes before the kill").hasSizeGreaterThanOrEqualTo(lines);
    return said;
  }

  private void check(Set<String> done) {
    try (QueueBackend backend = open(directory)) {
      for (String what : done) {
        int i = Integer.parseInt(what.substring(what.indexOf(' ') + 1));
        Pause pause = backend.queues().find(DurableWriter.ORG, "project-" + i).pause();
        if (what.startsWith("key") && i % 2 == 1) {
          assertThat(backend.credentials().findKey(DurableWriter.hash(i)))
              .as(what)
              .contains(DurableWriter.key(i));
        } else if (what.startsWith("revoke")) {
          assertThat(backend.credentials().findKey(DurableWriter.hash(i))).as(what).isEmpty();
        } else if (what.startsWith("pause") && i % 2 == 1) {
          assertThat(pause).as(what).isNotNull();
          assertThat(pause.reason()).isEqualTo("reason " + i);
        } else if (what.startsWith("resume")) {
          assertThat(pause).as(what).isNull();
        }
        checkWork(backend, what, i);
      }
    }
  }

  private static void checkWork(QueueBackend backend, String what, int i) {
    String org = DurableWriter.ORG;
    if (what.startsWith("job")) {
      assertThat(backend.batch().find(org, "job-" + i).item()).isEqualTo(DurableWriter.item(i));
    } else if (what.startsWith("offer")) {
      BatchJob job = backend.batch().find(org, "job-" + i);
      assertThat(job.offers()).isPositive();
      // after a kill a job is offered again, since the answer may not have been read
      assertThat(job.state()).isNotEqualTo(BatchJob.State.DEAD);
    } else if (what.startsWith("name")) {
      Session named = backend.sessions().findPublic(org, "public-" + i);
      assertThat(named.id()).isEqualTo("session-" + i);
      assertThat(named.item()).isEqualTo(DurableWriter.item(i));
    } else if (what.startsWith("tool")) {
      ToolUse tools = backend.sessions().find(org, "session-" + i).tools();
      assertThat(tools).as(what).isNotNull();
      assertThat(tools.lastName()).isEqualTo("tool-" + i);
    } else if (what.startsWith("attempt")) {
      assertThatThrownBy(
              () ->
                  backend
                      .sessions()
                      .report(
                          org,
                          "session-" + i,
                          DurableWriter.HOLDER,
                          DurableWriter.report(i, "other")))
          .as(what)
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.CONFLICT));
    }
  }

  static QueueBackend open(Path directory) {
    return JournalBackend.open(new BackendEnvironment(Rules.DEFAULTS, directory, StoreTime.STORE));
  }
}
