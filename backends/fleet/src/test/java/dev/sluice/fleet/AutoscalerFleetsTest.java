package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random fleets: as many new workers as are unmet get work, and one more gets nothing. */
class AutoscalerFleetsTest {

  private static final int FLEETS = Integer.getInteger("sluice.autoscale.fleets", 2_000);
  private static final long SEED = Long.getLong("sluice.autoscale.seed", 1);

  private static final String ORG = "org";
  private static final AuditNote BY = new AuditNote("ann", "why");
  private static final List<String> PROJECTS = List.of("app", "web", "web 2");
  private static final List<String> REPOSITORIES =
      List.of("git.example/acme/parser", "git.example/acme/site");

  @Test
  void whatIsUnmetIsWhatNewWorkersGet() {
    int worked = 0;
    for (int i = 0; i < FLEETS; i++) {
      worked += new Scene(SEED + i).play() > 0 ? 1 : 0;
    }
    assertThat(worked).as("fleets with unmet demand").isGreaterThan(FLEETS / 4);
  }

  private static final class Scene {
    private final long seed;
    private final Random random;
    private final MovableClock clock = new MovableClock();
    private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
    private final List<KitWorker> workers = new ArrayList<>();
    private final Autoscaler figures =
        new Autoscaler(
            backend,
            this::all,
            snapshots(),
            new QueueReader(backend, clock.utc(), Ticker.systemTicker()));

    Scene(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private SnapshotSampler snapshots() {
      return new SnapshotSampler(
          backend,
          this::all,
          new NoStops(),
          clock.utc(),
          Rules.DEFAULTS.stopGraceMs(),
          FindingSettings.UNRECORDED,
          Ticker.systemTicker());
    }

    private List<Worker> all(String org) {
      return backend.workers().list(org, null, Page.MAX).items();
    }

    long play() {
      try {
        build();
        removable();
        return compare();
      } catch (Throwable e) {
        throw new AssertionError("Seed " + seed, e);
      }
    }

    private void build() {
      int steps = random.nextInt(60);
      for (int i = 0; i < steps; i++) {
        step(i);
      }
      backend.upkeep().sweep();
    }

    private void step(int number) {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> enqueue("s" + number);
        case 4 -> workers.add(register(random.nextInt(4)));
        case 5, 6 -> poll();
        case 7 -> limit();
        case 8 -> queue();
        case 9 -> {
          clock.jump(Duration.ofSeconds(random.nextInt(20)));
          backend.upkeep().sweep();
        }
        default -> report();
      }
    }

    private <T> @Nullable T one(List<T> of) {
      return of.isEmpty() ? null : of.get(random.nextInt(of.size()));
    }

    private String project() {
      return PROJECTS.get(random.nextInt(PROJECTS.size()));
    }

    private String[] some(String... names) {
      return List.of(names).stream().filter(name -> random.nextBoolean()).toArray(String[]::new);
    }

    private void enqueue(String id) {
      List<NewWork> work = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        WorkBuilder item =
            WorkBuilder.work(id + "-" + i).project(project()).priority(1 + random.nextInt(5));
        if (random.nextInt(3) == 0) {
          item.needs(some("a", "b", "isolation>=os-sandbox"));
        }
        if (random.nextInt(3) == 0) {
          item.on(REPOSITORIES.get(random.nextInt(REPOSITORIES.size())));
        }
        if (random.nextInt(4) == 0) {
          item.issue("issue " + random.nextInt(4));
        }
        if (random.nextInt(6) == 0) {
          item.notBefore(clock.now() + random.nextInt(60_000));
        }
        work.add(item.build());
      }
      backend.work().enqueue(ORG, work);
    }

    private KitWorker register(int capacity) {
      KitWorker worker =
          new KitWorker(() -> backend, ORG)
              .capacity(capacity)
              .can(some("a", "b", "isolation>=os-sandbox"));
      if (random.nextBoolean()) {
        worker.projects(project());
      }
      if (random.nextInt(3) == 0) {
        worker.lists(REPOSITORIES.get(0));
      }
      return worker.register();
    }

    private void poll() {
      KitWorker worker = one(workers);
      if (worker != null) {
        for (ClaimedWork each : worker.poll(1 + random.nextInt(3)).work()) {
          if (random.nextInt(4) == 0) {
            worker.nack(each.sessionId());
          } else if (random.nextBoolean()) {
            worker.start(each.sessionId());
          }
        }
      }
    }

    private void limit() {
      Integer cap = random.nextBoolean() ? null : random.nextInt(5);
      Long budget = random.nextInt(3) > 0 ? null : random.nextInt(3) * 1_000_000L;
      backend.queues().limit(ORG, project(), new QueueLimits(cap, budget), BY);
    }

    private void queue() {
      if (random.nextBoolean()) {
        long until = random.nextBoolean() ? 0 : clock.now() + random.nextInt(60_000);
        backend.queues().pause(ORG, project(), until, BY);
      } else {
        backend.queues().resume(ORG, project(), BY);
      }
    }

    private void report() {
      KitWorker worker = one(workers);
      String session = worker == null ? null : one(worker.activeSessions());
      if (worker == null || session == null) {
        return;
      }
      switch (random.nextInt(6)) {
        case 0 -> worker.report(session, SessionState.COMPLETED, 700_000);
        case 1 -> worker.start(session);
        case 2 -> worker.drain();
        case 3 -> worker.list(session, "other");
        case 4 -> worker.count(random.nextInt(2));
        default ->
            backend
                .sessions()
                .stop(
                    ORG,
                    session,
                    new StopMessage("enough", "ann", null),
                    Set.of(Place.CLAIMED),
                    BY);
      }
    }

    /** No worker that has a claim, reports a session or is protected is removable. */
    private void removable() {
      Map<String, Integer> claims = new HashMap<>();
      for (Claim claim : backend.sessions().claims(ORG, null, null, Page.MAX).items()) {
        claims.merge(claim.owner(), 1, Integer::sum);
      }
      for (Worker worker : all(ORG)) {
        boolean busy = claims.containsKey(worker.registration().workerId());
        boolean reports =
            !worker.silent() && (worker.activeCount() > 0 || !worker.unknownHeld().isEmpty());
        boolean kept = worker.protectedUntilMs() > clock.now();
        assertThat(Removal.obstacle(worker, clock.now()) != null)
            .isEqualTo(busy || reports || kept);
      }
    }

    private long compare() {
      List<String> projects = random.nextInt(3) == 0 ? null : List.of(project());
      String[] capabilities = {"a", "b", "isolation>=os-sandbox"};
      WorkerPool pool = WorkerPool.ALL;
      String repository = null;
      if (random.nextBoolean()) {
        capabilities = some("a", "b", "isolation>=os-sandbox");
        repository = random.nextBoolean() ? null : REPOSITORIES.get(0);
        pool = new WorkerPool(Set.of(capabilities), repository == null ? null : name(repository));
      }
      Autoscale before = figures.of(ORG, projects, pool);
      groups(before);
      long claimed = backend.work().counts(ORG).claimed();
      if (projects == null && pool.all()) {
        assertThat(before.running() + before.starting()).isEqualTo(claimed);
      }
      for (long i = 0; i < before.unmet(); i++) {
        assertThat(take(projects, capabilities, repository)).as("new worker %s", i).isEqualTo(1);
      }
      assertThat(take(projects, capabilities, repository)).as("one more").isZero();
      if (projects != null) {
        Autoscale after = figures.of(ORG, projects, pool);
        assertThat(after.unmet()).isZero();
        assertThat(after.starting()).isGreaterThanOrEqualTo(before.unmet());
        assertThat(after.desired()).isEqualTo(before.desired());
      }
      return before.unmet();
    }

    private static void groups(Autoscale figures) {
      for (Autoscale.Project project : figures.projects()) {
        long sum = project.groups().stream().mapToLong(Autoscale.Group::unmet).sum();
        assertThat(sum).isGreaterThanOrEqualTo(project.unmet());
        assertThat(project.groups())
            .allMatch(group -> group.unmet() > 0 && group.unmet() <= project.unmet());
      }
    }

    private static String name(String cloneUrl) {
      return Objects.requireNonNull(Repositories.of(cloneUrl));
    }

    private int take(
        @Nullable List<String> projects, String[] capabilities, @Nullable String repository) {
      KitWorker worker = new KitWorker(() -> backend, ORG).capacity(1).can(capabilities);
      if (projects != null) {
        worker.projects(projects.toArray(String[]::new));
      }
      if (repository != null) {
        worker.lists(repository);
      }
      return worker.register().poll(1).work().size();
    }
  }
}
