package dev.sluice.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.queues.WhyItWaitsTest.Flag;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyNoWorkTest {

  private static final long NOW = 1_764_000_000_000L;
  private static final WorkBucket PLAIN = new WorkBucket("web", List.of(), 3);

  @ParameterizedTest
  @CsvSource({
    "SILENT, workers-silent, it is silent",
    "DRAINING, workers-draining, it is draining",
    "DRAINED, workers-draining, it is draining",
    "RETIRED, workers-draining, a later worker of its machine has replaced it",
    "REVOKED, workers-silent, its credential was revoked",
    "NACKING, workers-nacking, it is kept from work by too many standing nacks"
  })
  void anUnavailableWorkerSaysWhy(Flag flag, String kind, String words) {
    Worker worker = WhyItWaitsTest.worker(List.of(), List.of(), List.of(), Set.of(flag), 0);
    assertThat(why(worker, PLAIN)).isEqualTo(kind + ": " + words);
  }

  @Test
  void aFullOrQuarantinedWorkerSaysSo() {
    assertThat(
            why(WhyItWaitsTest.worker(List.of(), List.of(), List.of("a", "b"), Set.of(), 0), PLAIN))
        .isEqualTo("workers-full: it is full");
    assertThat(
            why(
                WhyItWaitsTest.worker(List.of(), List.of(), List.of(), Set.of(), NOW + 1000),
                PLAIN))
        .isEqualTo(
            "workers-quarantined: it is quarantined until 2025-11-24T16:00:01Z, because it accepted"
                + " nothing of several poll answers in a row");
  }

  @Test
  void whatItLacksComesBeforeItsState() {
    Worker full =
        WhyItWaitsTest.worker(List.of("web"), List.of("gpu"), List.of("a", "b"), Set.of(), 0);
    assertThat(why(full, new WorkBucket("app", List.of(), 1)))
        .isEqualTo("no-worker: it doesn't take project app");
    assertThat(why(full, new WorkBucket("web", List.of("big", "gpu", "node"), 1)))
        .isEqualTo("no-capability: it lacks big, node");
    assertThat(why(full, new WorkBucket("web", List.of("isolation>=container"), 1)))
        .isEqualTo("no-capability: it needs isolation container, and the worker attests host-user");
  }

  @Test
  void aWorkerThatListsRepositoriesMayNotTakeTheOthers() {
    WorkBucket others = new WorkBucket("web", List.of(), 1, WorkBucket.OTHERS);
    Worker all = WhyItWaitsTest.worker(List.of(), List.of(), List.of(), Set.of(), 0);
    assertThat(why(all, others)).isEmpty();
    Worker some = listing(all, "git.example/acme/parser");
    assertThat(why(some, others)).isEqualTo("no-repository: it lists only some repositories");
    assertThat(why(some, new WorkBucket("web", List.of(), 1, "site/acme/git.example")))
        .isEqualTo("no-repository: it doesn't list repository git.example/acme/site");
  }

  @Test
  void aReadyWorkerHasNoReasonOfItsOwn() {
    Worker ready = WhyItWaitsTest.worker(List.of(), List.of(), List.of(), Set.of(), 0);
    assertThat(why(ready, PLAIN)).isEmpty();
    ProjectQueue spent =
        new ProjectQueue("web", new Counts(3, 0, 0, 0, 1, 0), new QueueLimits(1, 0L), 1, null, NOW);
    assertThat(WhyNoWork.reasons(ready, spent, PLAIN, NOW))
        .extracting(reason -> reason.kind().wire())
        .containsExactly("capped", "over-budget");
  }

  private static Worker listing(Worker worker, String repository) {
    return new Worker(
        worker
            .registration()
            .withRepositories(List.of(String.valueOf(Repositories.of(repository)))),
        worker.activeCount(),
        worker.activeSessions(),
        worker.registeredAtMs(),
        worker.lastSeenMs(),
        worker.silent(),
        worker.drained(),
        worker.noShows(),
        worker.nacks(),
        worker.quarantinedUntilMs(),
        worker.returns(),
        worker.maxReturns(),
        worker.retired(),
        worker.revoked(),
        worker.lastPollMs(),
        worker.note(),
        worker.quarantined(),
        worker.notHeld(),
        worker.unknownHeld(),
        worker.failedRuns(),
        worker.quota(),
        worker.inherited(),
        worker.offeredJobs(),
        worker.protectedUntilMs());
  }

  private static String why(Worker worker, WorkBucket bucket) {
    ProjectQueue open =
        new ProjectQueue(
            bucket.project(), new Counts(3, 0, 0, 0, 0, 0), QueueLimits.NONE, 0, null, NOW);
    List<WaitReason> reasons = WhyNoWork.reasons(worker, open, bucket, NOW);
    assertThat(reasons).hasSizeLessThan(2);
    return reasons.isEmpty() ? "" : reasons.get(0).kind().wire() + ": " + reasons.get(0).words();
  }
}
