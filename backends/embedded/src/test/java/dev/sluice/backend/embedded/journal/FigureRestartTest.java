package dev.sluice.backend.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FigureRestartTest {

  private static final String ORG = "figures";

  @TempDir Path directory;

  private long now = 1_800_000_000_000L;

  @Test
  void written_buckets_survive_a_restart_and_go_on() {
    try (QueueBackend backend = open()) {
      KitWorker worker = new KitWorker(() -> backend, ORG).named("w").register();
      enqueue(backend, "a", "b", "waits");
      worker.claimByName("a");
      worker.claimByName("b");
      worker.report("a", SessionState.COMPLETED, 3);
      worker.report("b", SessionState.RUNNING, 4);
      backend.upkeep().sweep();
      assertThat(total(backend))
          .usingRecursiveComparison()
          .ignoringFields("oldestMs")
          .isEqualTo(figures(2, 1, 7, 1));
      worker.report("b", SessionState.RUNNING, 6);
      backend.upkeep().sweep();
      assertThat(total(backend))
          .usingRecursiveComparison()
          .ignoringFields("oldestMs")
          .isEqualTo(figures(2, 1, 9, 1));
    }

    for (int start = 1; start <= 2; start++) {
      try (QueueBackend backend = open()) {
        assertThat(total(backend))
            .as("without what was counted a moment before the end")
            .usingRecursiveComparison()
            .ignoringFields("oldestMs")
            .isEqualTo(figures(2, 1, 7, 1));
      }
    }
    try (QueueBackend backend = open()) {
      new KitWorker(() -> backend, ORG).named("w").report("b", SessionState.RUNNING, 16);
      now += 5_000;
      backend.upkeep().sweep();
    }
    try (QueueBackend backend = open()) {
      assertThat(total(backend))
          .usingRecursiveComparison()
          .ignoringFields("oldestMs")
          .isEqualTo(figures(2, 1, 17, 1));
    }
  }

  @Test
  void the_end_of_a_bucket_is_written_with_the_next_sweep() {
    try (QueueBackend backend = open()) {
      KitWorker worker = new KitWorker(() -> backend, ORG).named("w").register();
      enqueue(backend, "a");
      backend.upkeep().sweep();
      worker.claimByName("a");
      backend.upkeep().sweep();
      now += Figures.BUCKET_MS;
      backend.upkeep().sweep();
    }
    try (QueueBackend backend = open()) {
      assertThat(total(backend).claims()).isEqualTo(1);
      now += Figures.KEPT_MS + Figures.BUCKET_MS;
      backend.upkeep().sweep();
      now -= Figures.KEPT_MS;
      assertThat(total(backend))
          .usingRecursiveComparison()
          .ignoringFields("oldestMs")
          .isEqualTo(figures(0, 0, 0, 0));
    }
  }

  @Test
  void after_a_restart_a_project_with_many_models_still_leaves_room() {
    try (QueueBackend backend = open()) {
      KitWorker worker = new KitWorker(() -> backend, ORG).named("w").capacity(100).register();
      for (int i = 0; i < Figures.MAX_SERIES; i++) {
        enqueue(backend, work("s" + i, "junk", "m" + i));
        worker.claimByName("s" + i);
      }
      backend.upkeep().sweep();
    }
    try (QueueBackend backend = open()) {
      enqueue(backend, work("a", "web", "opus"));
      new KitWorker(() -> backend, ORG).named("w").claimByName("a");

      assertThat(backend.figures().read(ORG, FigureDimension.MODEL, now, now + 1))
          .singleElement()
          .satisfies(
              bucket ->
                  assertThat(bucket.series())
                      .hasSize(Figures.MAX_SERIES + 1)
                      .extracting(FigureSeries::name)
                      .contains("opus"));
    }
  }

  private static WorkBuilder work(String id, String project, String model) {
    return WorkBuilder.work(id).project(project).about(new Subject("Title", "", model));
  }

  private QueueBackend open() {
    return JournalBackend.open(
        new BackendEnvironment(Rules.DEFAULTS, directory, () -> OptionalLong.of(now)));
  }

  private static void enqueue(QueueBackend backend, String... ids) {
    for (String id : ids) {
      enqueue(backend, WorkBuilder.work(id));
    }
  }

  private static void enqueue(QueueBackend backend, WorkBuilder work) {
    backend.work().enqueue(ORG, List.of(work.build()));
  }

  private FigureSeries total(QueueBackend backend) {
    return backend
        .figures()
        .read(ORG, FigureDimension.PROJECT, now - Figures.KEPT_MS, now + 1)
        .stream()
        .map(FigureBucket::total)
        .reduce(FigureSeries.of("", false), FigureSeries::and);
  }

  private static FigureSeries figures(long claims, long completed, long cost, long waiting) {
    return new FigureSeries("", false, claims, completed, 0, cost, waiting, 0);
  }
}
