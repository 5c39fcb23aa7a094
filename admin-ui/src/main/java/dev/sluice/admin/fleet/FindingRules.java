package dev.sluice.admin.fleet;

import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.transfer.Closure;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

public final class FindingRules {

  private final FleetSnapshot fleet;
  private final List<Finding> found = new ArrayList<>();

  private FindingRules(FleetSnapshot fleet) {
    this.fleet = fleet;
  }

  /** By severity, then project. */
  public static List<Finding> in(FleetSnapshot fleet) {
    FindingRules findings = new FindingRules(fleet);
    findings.store();
    fleet.stillReporting().forEach(findings::runsOn);
    fleet.queues().forEach(findings::queue);
    findings.sessions();
    findings.messages();
    findings.found.sort(Comparator.comparing(Finding::kind));
    return List.copyOf(findings.found);
  }

  private void store() {
    Closure closure = fleet.closure();
    if (closure != null) {
      add(Finding.Kind.STORE, closed(closure));
    }
    fleet.health().problems().forEach(words -> add(Finding.Kind.STORE, "the store: " + words));
    fleet.health().warnings().forEach(words -> add(Finding.Kind.WARNING, "the store: " + words));
  }

  private void runsOn(String session) {
    found.add(new Finding(Finding.Kind.RUNS_ON, session, "still runs after its stop"));
  }

  private void queue(ProjectQueue queue) {
    long waiting = queue.counts().ready() + queue.counts().returned();
    if (waiting == 0) {
      return;
    }
    if (queue.pause() != null) {
      about(queue, Finding.Kind.CLOSED, "is paused, " + stand(waiting));
      return;
    }
    if (queue.overBudget()) {
      about(queue, Finding.Kind.CLOSED, "has spent its daily budget, " + stand(waiting));
      return;
    }
    List<Worker> takers = fleet.takers(queue.project());
    if (takers.isEmpty()) {
      about(
          queue,
          Finding.Kind.NO_WORKER,
          "has " + count(waiting) + " waiting, but no worker takes it");
    } else if (takers.stream().noneMatch(worker -> fleet.stateOf(worker).serves())) {
      about(
          queue, Finding.Kind.WORKERS_AWAY, "has " + count(waiting) + " waiting, " + away(takers));
    }
  }

  private static String away(List<Worker> takers) {
    return (takers.size() == 1 ? "the worker that takes it is" : "all workers that take it are")
        + " silent, draining, quarantined or nacking";
  }

  private void sessions() {
    long stuck = fleet.faring(SessionHealth.STUCK);
    long silent = fleet.faring(SessionHealth.SILENT);
    long dead = fleet.counts().dead();
    long quarantined = fleet.in(WorkerStatus.QUARANTINED);
    plural(Finding.Kind.STUCK, stuck, "session is stuck", "sessions are stuck");
    plural(Finding.Kind.SILENT, silent, "session is silent", "sessions are silent");
    plural(Finding.Kind.DEAD, dead, "dead letter", "dead letters");
    plural(
        Finding.Kind.QUARANTINED,
        quarantined,
        "worker is in quarantine",
        "workers are in quarantine");
  }

  private void messages() {
    if (fleet.urgentIsLate()) {
      long n = fleet.inbox().urgent();
      add(
          Finding.Kind.UNREAD,
          n == 1
              ? "1 urgent message unread for " + age(fleet.urgentUnreadMs())
              : count(n)
                  + " urgent messages unread, the oldest for "
                  + age(fleet.urgentUnreadMs()));
    }
  }

  private static String age(long ms) {
    Duration age = Duration.ofMillis(ms);
    if (age.toHours() == 0) {
      return age.toMinutes() + " min";
    }
    return age.toDays() == 0 ? age.toHours() + " h" : age.toDays() + " d";
  }

  private void plural(Finding.Kind kind, long n, String one, String many) {
    if (n > 0) {
      add(kind, count(n) + " " + (n == 1 ? one : many));
    }
  }

  private void about(ProjectQueue queue, Finding.Kind kind, String words) {
    found.add(new Finding(kind, queue.project(), words));
  }

  private void add(Finding.Kind kind, String words) {
    found.add(new Finding(kind, "", words));
  }

  private static String stand(long n) {
    return n == 1 ? "1 waits" : count(n) + " wait";
  }

  private static String count(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }

  private static String closed(Closure closure) {
    String why = closure.reason().isEmpty() ? "" : " (" + closure.reason() + ")";
    String where = closure.movedTo() == null ? "" : "; it is now at " + closure.movedTo();
    return "the org is closed for changes" + why + where;
  }
}
