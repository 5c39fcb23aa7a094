package dev.sluice.backend.queues;

import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.SecurityLevels;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Explains why a session waits. Never part of a poll. */
public final class WhyItWaits {

  private WhyItWaits() {}

  /**
   * The closest reason first; none if it doesn't wait.
   *
   * @param now epoch ms
   */
  public static List<WaitReason> reasons(Standing standing, Collection<Worker> workers, long now) {
    Session session = standing.session();
    if (!session.place().waits()) {
      return List.of();
    }
    List<WaitReason> reasons = new ArrayList<>();
    place(standing, reasons);
    reasons.addAll(queue(standing.queue()));
    workers(session, workers, now, reasons);
    if (session.place().inOrder() && reasons.isEmpty()) {
      reasons.add(reason(WaitReason.Kind.IN_ORDER, inOrder(session)));
    }
    return List.copyOf(reasons);
  }

  private static void place(Standing standing, List<WaitReason> reasons) {
    Session session = standing.session();
    switch (session.place()) {
      case PARKED ->
          reasons.add(
              reason(
                  WaitReason.Kind.BEHIND_ISSUE,
                  (standing.behind() == null
                          ? "behind other work of its issue, which "
                          : "behind session " + standing.behind() + " of its issue, which ")
                      + (standing.behindClaimed() ? "is claimed" : "goes first")));
      case LATER ->
          reasons.add(
              reason(
                  WaitReason.Kind.NOT_BEFORE,
                  session.failureMode() == null
                      ? "scheduled for " + instant(session.notBeforeMs())
                      : "its run failed ("
                          + session.failureMode()
                          + "), and it waits until "
                          + instant(session.notBeforeMs())));
      case RETURNED ->
          session.nackers().stream()
              .filter(Nacker::keptAway)
              .forEach(
                  nacker -> reasons.add(reason(WaitReason.Kind.NACKED, nacked(session, nacker))));
      default -> {}
    }
  }

  private static String nacked(Session session, Nacker nacker) {
    String cause = session.failureMode();
    boolean failed = cause != null && nacker.workerId().equals(session.nackedBy());
    return "worker "
        + nacker.workerId()
        + (failed ? " failed to run it (" + cause + ") " : " nacked it ")
        + (failed || nacker.nacks() == 1 ? "" : nacker.nacks() + " times ")
        + "and isn't offered it before "
        + instant(nacker.untilMs());
  }

  /** Returns what closes a queue. */
  static List<WaitReason> queue(ProjectQueue queue) {
    List<WaitReason> reasons = new ArrayList<>();
    Pause pause = queue.pause();
    if (pause != null) {
      String until = pause.untilMs() == 0 ? "" : " until " + instant(pause.untilMs());
      String why = pause.reason().isEmpty() ? "" : ": " + pause.reason();
      reasons.add(
          reason(
              WaitReason.Kind.PAUSED,
              "project " + queue.project() + " was paused by " + pause.actor() + until + why));
    }
    if (queue.capped()) {
      reasons.add(
          reason(
              WaitReason.Kind.CAPPED,
              "project "
                  + queue.project()
                  + " has "
                  + queue.counts().claimed()
                  + (queue.counts().claimed() == 1 ? " claimed session" : " claimed sessions")
                  + ", its limit is "
                  + queue.limits().maxConcurrent()));
    }
    if (queue.overBudget()) {
      reasons.add(
          reason(
              WaitReason.Kind.OVER_BUDGET,
              "project " + queue.project() + " has used up its budget of this UTC day"));
    }
    return reasons;
  }

  private static void workers(
      Session session, Collection<Worker> workers, long now, List<WaitReason> reasons) {
    Map<WaitReason.Kind, Integer> able = new EnumMap<>(WaitReason.Kind.class);
    List<String> required = session.requiredCapabilities();
    String repository = session.repository();
    Set<String> reached = new TreeSet<>();
    boolean projectTaken = false;
    boolean capable = false;
    boolean keptFromAny = false;
    for (Worker worker : workers) {
      WaitReason.@Nullable Kind closed =
          WorkerGates.closed(worker, session.project(), required, repository, now);
      if (worker.revoked() || closed == WaitReason.Kind.NO_WORKER) {
        continue;
      }
      projectTaken = true;
      reached.addAll(worker.registration().capabilities());
      if (closed == WaitReason.Kind.NO_CAPABILITY) {
        continue;
      }
      capable = true;
      if (closed == WaitReason.Kind.NO_REPOSITORY) {
        continue;
      }
      if (isKeptFrom(worker, session)) {
        keptFromAny = true; // already said
        continue;
      }
      if (closed == null) {
        return; // one worker is enough
      }
      able.merge(closed, 1, Integer::sum);
    }
    if (able.isEmpty() && !keptFromAny) {
      if (capable && repository != null) {
        reasons.add(noRepository(session, required, repository));
      } else {
        reasons.addAll(
            projectTaken ? noCapability(session, required, reached) : List.of(noWorker(session)));
      }
    }
    able.forEach(
        (kind, count) ->
            reasons.add(
                reason(
                    kind,
                    count
                        + (count == 1 ? " worker that takes it is " : " workers that take it are ")
                        + words(kind))));
  }

  private static boolean isKeptFrom(Worker worker, Session session) {
    return session.place() == Place.RETURNED
        && session.nackers().stream()
            .anyMatch(
                nacker ->
                    nacker.keptAway()
                        && nacker.workerId().equals(worker.registration().workerId()));
  }

  private static String words(WaitReason.Kind kind) {
    return switch (kind) {
      case WORKERS_SILENT -> "silent";
      case WORKERS_DRAINING -> "draining";
      case WORKERS_QUARANTINED -> "quarantined";
      case WORKERS_NACKING -> "kept from work by too many standing nacks";
      default -> "full";
    };
  }

  private static WaitReason noWorker(Session session) {
    return reason(WaitReason.Kind.NO_WORKER, "no worker takes project " + session.project());
  }

  private static WaitReason noRepository(
      Session session, List<String> required, String repository) {
    return reason(
        WaitReason.Kind.NO_REPOSITORY,
        "no worker that takes project "
            + session.project()
            + (required.isEmpty() ? "" : " and has " + String.join(", ", required))
            + " lists repository "
            + Repositories.shown(repository));
  }

  /** A level that no worker reaches is a reason of its own. */
  private static List<WaitReason> noCapability(
      Session session, List<String> required, Set<String> reached) {
    List<WaitReason> levels =
        required.stream()
            .filter(needed -> SecurityLevels.isLevel(needed) && !reached.contains(needed))
            .map(needed -> SecurityLevels.shortfall(needed, reached))
            .map(words -> reason(WaitReason.Kind.NO_CAPABILITY, words))
            .toList();
    return levels.isEmpty() ? List.of(noCapability(session, required)) : levels;
  }

  private static WaitReason noCapability(Session session, List<String> required) {
    return reason(
        WaitReason.Kind.NO_CAPABILITY,
        "no worker that takes project "
            + session.project()
            + " has "
            + String.join(", ", required));
  }

  private static String inOrder(Session session) {
    return switch (session.position()) {
      case 0 -> "more than 10,000 items of its project are ahead";
      case 1 -> "next in its project, waits for a free worker";
      case 2 -> "1 item of its project is ahead";
      default -> (session.position() - 1) + " items of its project are ahead";
    };
  }

  private static WaitReason reason(WaitReason.Kind kind, String words) {
    return new WaitReason(kind, words);
  }

  private static String instant(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }
}
