package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Poll answers that a crash of one of two nodes may have lost. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CrashedNodeTest {

  private static final String ORG = "crash";
  private static final WorkerRef WORKER = new WorkerRef(ORG, "w", null);
  private static final Registration WHO =
      new Registration("w", "k", Dialect.STANDARD, "h", 9, Projects.ALL, List.of(), false, "{}");
  private static final NewWork WHAT =
      new NewWork("s", "s", "s", "p", List.of(), 3, 1, 0, 0, "hash", "{}");
  private static final int STEP_MS = 10_000;

  private final MovableClock clock = new MovableClock();

  @Test
  void a_crash_of_one_of_two_nodes_blames_no_worker() {
    assertThat(missedAfter(true).noShows()).isZero();
  }

  @Test
  void without_a_crash_a_missed_answer_counts() {
    assertThat(missedAfter(false).noShows()).isEqualTo(1);
  }

  /** A worker that missed one answer, which a node gave that crashed then or did not. */
  private Worker missedAfter(boolean crash) {
    try (RedisServerProcess server = RedisServerProcess.start();
        QueueBackend stays = open(server);
        QueueBackend answers = open(server)) {
      stays.workers().register(ORG, WHO);
      stays.work().enqueue(ORG, List.of(WHAT));
      sweep(stays, answers);
      clock.jump(Duration.ofMillis(STEP_MS));
      sweep(stays, answers);
      String request = UUID.randomUUID().toString();
      assertThat(answers.workers().poll(new PollRequest(WORKER, request, 1)).work()).hasSize(1);
      for (long passed = 0; passed < Rules.DEFAULTS.acceptMs(); passed += STEP_MS) {
        clock.jump(Duration.ofMillis(STEP_MS));
        sweep(stays, crash ? stays : answers);
        stays.workers().poll(new PollRequest(WORKER, "beat-" + passed, 0));
      }
      assertThat(stays.work().counts(ORG).ready()).as("missed").isEqualTo(1);
      return stays.workers().find(WORKER);
    }
  }

  private static void sweep(QueueBackend... nodes) {
    List.of(nodes).forEach(node -> node.upkeep().sweep());
  }

  private QueueBackend open(RedisServerProcess server) {
    return RedisBackend.of(
        RedisAddress.parse(server.uri()),
        4,
        10_000,
        new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), clock));
  }
}
