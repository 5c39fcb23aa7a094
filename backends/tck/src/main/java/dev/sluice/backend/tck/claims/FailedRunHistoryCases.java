package dev.sluice.backend.tck.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random histories with every cause: docs/rules.md, "Failed runs". */
abstract class FailedRunHistoryCases extends Fixture {

  /** 100,000 take some minutes on a store in memory. */
  private static final int HISTORIES = Integer.getInteger("sluice.failedRuns.histories", 20);

  private static final int STEPS = 30;
  private static final Duration RETENTION = Duration.ofMillis(RULES.kept().deadMs());
  private static final List<String> CAUSES = Failure.known().stream().sorted().toList();

  private final Map<String, Integer> attempts = new HashMap<>();
  private final Set<String> never = new HashSet<>();

  @Test
  void what_ends_never_comes_again_and_a_machine_that_fails_costs_no_attempt() {
    for (int seed = 1; seed <= HISTORIES; seed++) {
      history(seed);
      if (seed % 100 == 0) {
        sweepAfter(RETENTION);
      }
    }
  }

  private void history(int seed) {
    Random random = new Random(seed);
    List<KitWorker> fleet = fleet(3);
    KitWorker broken = fleet.get(0);
    fleet.forEach(each -> each.capacity(2).register());
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      ids.add("s-" + seed + "-" + n);
      enqueue(work(ids.get(n)).project("p-" + n % 2));
    }
    for (int step = 0; step < STEPS; step++) {
      KitWorker next = fleet.get(random.nextInt(fleet.size()));
      for (String id : next.take(2)) {
        assertThat(never).as("seed %d: handed out again", seed).doesNotContain(id);
      }
      for (String id : List.copyOf(next.activeSessions())) {
        act(random, next, id, next == broken);
      }
      jump(Duration.ofSeconds(random.nextInt(60)));
      fleet.forEach(KitWorker::beat);
      ids.forEach(id -> check(seed, id));
    }
    fleet.forEach(KitWorker::deregister);
    ids.stream().filter(id -> session(id).place() != Place.ENDED).forEach(this::stop);
    attempts.clear();
    never.clear();
  }

  private void act(Random random, KitWorker owner, String id, boolean broken) {
    if (broken) {
      fails(owner, id, new Failure("spawn-failed", Remedy.ELSEWHERE, true));
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> owner.start(id);
      case 1 -> {
        if (random.nextInt(4) == 0) {
          owner.complete(id);
          never.add(id);
        }
      }
      case 2 -> {}
      default -> {
        Failure told = Failure.of(CAUSES.get(random.nextInt(CAUSES.size())));
        Remedy said = Remedy.values()[random.nextInt(Remedy.values().length)];
        fails(owner, id, random.nextInt(4) == 0 ? told.with(Map.of(told.cause(), said)) : told);
      }
    }
  }

  private void fails(KitWorker owner, String id, Failure failure) {
    assertThat(Failure.FOR_PEOPLE.contains(failure.cause()) && failure.remedy().returns())
        .isFalse();
    StatusReport failed = new StatusReport(SessionState.FAILED, new TreeMap<>(), -1);
    owner.report(id, failed.failing(failure));
    if (failure.remedy() == Remedy.NEVER) {
      never.add(id);
    } else if (failure.remedy() != Remedy.ELSEWHERE) {
      attempts.merge(id, 1, Integer::sum);
    }
  }

  private void check(int seed, String id) {
    Session now = session(id);
    assertThat(now.attempts())
        .as("seed %d: attempts of %s", seed, id)
        .isEqualTo(attempts.getOrDefault(id, 0));
    if (now.place() == Place.DEAD) {
      boolean tried = now.attempts() >= RULES.tries().maxAttempts();
      assertThat(now.dead()).isEqualTo(tried ? DeadReason.MAX_ATTEMPTS : DeadReason.MAX_NACKS);
      never.add(id);
    }
    assertThat(never.contains(id))
        .as("seed %d: %s is over", seed, id)
        .isEqualTo(now.place() == Place.ENDED || now.place() == Place.DEAD);
  }
}
