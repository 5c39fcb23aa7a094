package dev.sluice.backend.tck.model;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.AuditLine;
import dev.sluice.backend.Names;
import dev.sluice.backend.Place;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StopOrders;
import dev.sluice.backend.StopRun;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What was kept long enough: docs/rules.md, "Sweep, by org" 6. Each method answers how many. */
final class Retention {

  private static final Comparator<ModelSession> OLDEST_END =
      Comparator.<ModelSession>comparingLong(session -> session.endedAt)
          .thenComparing(ModelSession::id, Names::compareBytes);

  private final OrgState org;
  private final Rules.Kept kept;

  Retention(OrgState org) {
    this.org = org;
    kept = org.rules.kept();
  }

  /** Those that are old, and the oldest of those that are too many. */
  int pruneEnded() {
    long ended = org.sessions.stream().filter(session -> session.place == Place.ENDED).count();
    long tooMany = kept.maxEnded() == 0 ? 0 : ended - kept.maxEnded();
    List<ModelSession> oldest = oldest(Place.ENDED);
    int pruned = 0;
    for (ModelSession session : oldest) {
      boolean goes =
          session.endedAt + kept.endedMs() <= org.now || pruned < tooMany || org.isPressed();
      if (!goes || pruned == org.rules.dueStep()) {
        break;
      }
      delete(session);
      pruned++;
    }
    return pruned;
  }

  int pruneDead() {
    List<ModelSession> old =
        oldest(Place.DEAD).stream()
            .filter(session -> session.endedAt + kept.deadMs() <= org.now)
            .limit(org.rules.dueStep())
            .toList();
    old.forEach(this::delete);
    return old.size();
  }

  int pruneArchives() {
    List<String> oldest =
        org.archives.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, OrgState.Archive>>comparingLong(
                        entry -> entry.getValue().since())
                    .thenComparing(Map.Entry::getKey, Names::compareBytes))
            .map(Map.Entry::getKey)
            .toList();
    return prune(
        oldest,
        id ->
            requireNonNull(org.archives.get(id)).since() + kept.archiveMs() <= org.now
                || org.isPressed(),
        org.archives::remove);
  }

  /** Removes the first ones as long as they go, at most a step. */
  private <T> int prune(List<T> oldest, Predicate<T> goes, Consumer<T> remove) {
    int pruned = 0;
    while (pruned < Math.min(oldest.size(), org.rules.dueStep()) && goes.test(oldest.get(pruned))) {
      org.change();
      remove.accept(oldest.get(pruned));
      pruned++;
    }
    return pruned;
  }

  int pruneWorkers() {
    List<ModelWorker> gone =
        org.workers.stream()
            .filter(worker -> worker.silent && org.activeSet(worker).isEmpty())
            .filter(worker -> worker.lastSeen + kept.silentWorkerMs() <= org.now)
            .sorted(
                Comparator.<ModelWorker>comparingLong(worker -> worker.lastSeen)
                    .thenComparing(ModelWorker::id, Names::compareBytes))
            .limit(org.rules.dueStep())
            .toList();
    gone.forEach(
        worker -> {
          org.change();
          org.workers.remove(worker);
        });
    return gone.size();
  }

  /** Keys that are over, and the oldest of those that are too many. */
  int pruneReplays() {
    List<String> oldest =
        org.replays.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, Replays.Kept>>comparingLong(
                        entry -> entry.getValue().until)
                    .thenComparing(Map.Entry::getKey, Names::compareBytes))
            .map(Map.Entry::getKey)
            .toList();
    return prune(
        oldest,
        key ->
            requireNonNull(org.replays.get(key)).until <= org.now
                || org.replays.size() > org.rules.bounds().maxKeys()
                || org.isPressed(),
        org.replays::remove);
  }

  int pruneJobs() {
    List<ModelJob> over =
        org.jobs.stream()
            .filter(ModelJob::over)
            .sorted(
                Comparator.<ModelJob>comparingLong(job -> job.updatedAt)
                    .thenComparing(ModelJob::id, Names::compareBytes))
            .toList();
    return prune(
        over,
        job -> job.updatedAt + kept.endedMs() <= org.now || org.isPressed(),
        org.jobs::remove);
  }

  /** Lines that are old; of those that are too many, the oldest of whoever has the most. */
  int pruneAudit() {
    int pruned = 0;
    while (pruned < org.rules.dueStep() && !org.audit.isEmpty()) {
      AuditLine oldest = org.audit.get(0);
      if (oldest.lastAtMs() + kept.auditMs() <= org.now) {
        org.audit.remove(oldest);
      } else if (org.audit.size() > kept.maxAudit()) {
        org.audit.remove(oldestOfTheBusiest());
      } else {
        break;
      }
      org.change();
      pruned++;
    }
    return pruned;
  }

  private AuditLine oldestOfTheBusiest() {
    String busiest =
        org.audit.stream()
            .map(AuditLine::actor)
            .distinct()
            .max(Comparator.comparingLong(this::linesOf).thenComparing(Names::compareBytes))
            .orElseThrow();
    return org.audit.stream()
        .filter(line -> line.actor().equals(busiest))
        .findFirst()
        .orElseThrow();
  }

  private long linesOf(String actor) {
    return org.audit.stream().filter(line -> line.actor().equals(actor)).count();
  }

  /** Orders to stop many that are old, and the oldest of those that are too many. */
  int pruneStopRuns() {
    List<StopRun> oldest =
        org.stopRuns.stream()
            .sorted(
                Comparator.comparingLong(StopRun::atMs)
                    .thenComparing(StopRun::id, Names::compareBytes))
            .toList();
    int surplus = oldest.size() - StopOrders.MAX_KEPT;
    int pruned = 0;
    for (StopRun run : oldest) {
      boolean goes = run.atMs() + kept.endedMs() <= org.now || pruned < surplus;
      if (!goes || pruned == org.rules.dueStep()) {
        break;
      }
      org.change();
      org.stopRuns.remove(run);
      pruned++;
    }
    return pruned;
  }

  private List<ModelSession> oldest(Place place) {
    return org.sessions.stream()
        .filter(session -> session.place == place && !session.damaged)
        .sorted(OLDEST_END)
        .toList();
  }

  private void delete(ModelSession session) {
    org.change();
    org.sessions.remove(session);
    org.publicIds.values().removeIf(session.id()::equals);
  }
}
