package dev.sluice.fleet;

import dev.sluice.backend.findings.FindingKind;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

public final class FindingRules {

  private static final int MOST_NAMED = 3;
  private static final long MICRO = 1_000_000;

  private final FleetSnapshot fleet;
  private final FindingSettings settings;
  private final Map<String, dev.sluice.backend.findings.Finding> records = new HashMap<>();
  private final List<Finding> found = new ArrayList<>();

  private FindingRules(FleetSnapshot fleet, FindingSettings settings) {
    this.fleet = fleet;
    this.settings = settings;
    fleet.records().forEach(each -> records.put(each.key(), each));
  }

  /**
   * By severity, then project.
   *
   * @param grace true while clients may be silent by our fault; then only known silence counts
   */
  public static List<Finding> in(FleetSnapshot fleet, FindingSettings settings, boolean grace) {
    FindingRules findings = new FindingRules(fleet, settings);
    findings.store();
    fleet.stillReporting().forEach(findings::runsOn);
    fleet.queues().forEach(findings::queue);
    findings.sessions();
    findings.offline();
    findings.logins();
    findings.messages();
    findings.failing();
    findings.burn();
    findings.elsewhere();
    return findings.found.stream()
        .map(findings::recorded)
        .filter(each -> !grace || !each.kind().followsOutages() || each.record() != null)
        .sorted(Comparator.comparing(Finding::kind))
        .toList();
  }

  private Finding recorded(Finding finding) {
    return finding.recorded(records.get(finding.seen().key()));
  }

  private void store() {
    List<String> problems = new ArrayList<>();
    Closure closure = fleet.closure();
    if (closure != null) {
      problems.add(closed(closure));
    }
    fleet.health().problems().forEach(words -> problems.add("the store: " + words));
    joined(FindingKind.STORE, problems);
    joined(
        FindingKind.WARNING,
        fleet.health().warnings().stream().map(words -> "the store: " + words).toList());
  }

  private void joined(FindingKind kind, List<String> words) {
    if (!words.isEmpty()) {
      add(kind, String.join("; ", words));
    }
  }

  private void about(FindingKind kind, String subject, String words) {
    found.add(Finding.about(kind, subject, words));
  }

  private void runsOn(String session) {
    about(FindingKind.RUNS_ON, session, "still runs after its stop");
  }

  /** Sessions that another node hears, as the store says. */
  private void elsewhere() {
    for (var record : fleet.records()) {
      if (record.stands()
          && record.kind().equals(FindingKind.RUNS_ON.word())
          && !fleet.stillReporting().contains(record.subject())) {
        runsOn(record.subject());
      }
    }
  }

  static boolean isElsewhere(Finding finding, FleetSnapshot fleet) {
    return finding.kind() == FindingKind.RUNS_ON
        && !fleet.stillReporting().contains(finding.subject());
  }

  private void queue(ProjectQueue queue) {
    long waiting = queue.counts().ready() + queue.counts().returned();
    if (waiting == 0) {
      return;
    }
    if (queue.pause() != null) {
      about(queue, FindingKind.PAUSED, "is paused, " + stand(waiting));
      return;
    }
    if (queue.overBudget()) {
      about(queue, FindingKind.OVER_BUDGET, "has spent its daily budget, " + stand(waiting));
      return;
    }
    age(queue);
    List<Worker> takers = fleet.takers(queue.project());
    if (takers.isEmpty()) {
      about(
          queue,
          FindingKind.NO_WORKER,
          "has " + count(waiting) + " waiting, but no worker takes it");
    } else if (takers.stream().noneMatch(worker -> fleet.stateOf(worker).serves())) {
      about(queue, FindingKind.WORKERS_AWAY, "has " + count(waiting) + " waiting, " + away(takers));
    } else {
      capabilities(queue, takers);
    }
  }

  private void age(ProjectQueue queue) {
    long oldest = queue.oldestQueuedAtMs();
    if (settings.oldestMs() > 0
        && oldest != 0
        && fleet.takenAtMs() - oldest > settings.oldestMs()
        && queue.open()) {
      about(queue, FindingKind.OLD, "has work that waits for " + age(fleet.takenAtMs() - oldest));
    }
  }

  private void capabilities(ProjectQueue queue, List<Worker> takers) {
    List<WorkBucket> stranded =
        fleet.slow().buckets().stream()
            .filter(bucket -> bucket.project().equals(queue.project()))
            .filter(bucket -> takers.stream().noneMatch(worker -> has(worker, bucket)))
            .toList();
    if (!stranded.isEmpty()) {
      long waiting = stranded.stream().mapToLong(WorkBucket::waiting).sum();
      List<String> needed = stranded.get(0).capabilities();
      boolean others = stranded.stream().anyMatch(each -> !each.capabilities().equals(needed));
      about(
          queue,
          FindingKind.NO_CAPABILITY,
          "has "
              + count(waiting)
              + " waiting that no worker can take: needs "
              + named(needed)
              + (others ? " and other capabilities" : ""));
    }
  }

  private static boolean has(Worker worker, WorkBucket bucket) {
    return worker.registration().capabilities().containsAll(bucket.capabilities());
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
    plural(FindingKind.STUCK, stuck, "session is stuck", "sessions are stuck");
    plural(FindingKind.SILENT, silent, "session is silent", "sessions are silent");
    plural(FindingKind.DEAD, dead, "dead letter", "dead letters");
    plural(
        FindingKind.QUARANTINED,
        quarantined,
        "worker is in quarantine",
        "workers are in quarantine");
  }

  /** By host. One on record stays until its workers are back, after a restart too. */
  private void offline() {
    Map<String, Integer> lost = new TreeMap<>();
    for (Worker worker : fleet.workers()) {
      if (fleet.stateOf(worker) == WorkerStatus.SILENT) {
        String host = worker.registration().hostname();
        int held = fleet.slow().lost().getOrDefault(worker.registration().workerId(), 0);
        boolean known = records.containsKey(key(FindingKind.OFFLINE, host));
        if (held > 0 || known) {
          lost.merge(host, held, Integer::sum);
        }
      }
    }
    lost.forEach(
        (host, held) ->
            about(
                FindingKind.OFFLINE,
                host,
                held == 0
                    ? "went offline with sessions"
                    : "went offline with " + held + (held == 1 ? " session" : " sessions")));
  }

  /** By host, with the providers whose logins fail. */
  private void logins() {
    Map<String, Set<String>> failing = new TreeMap<>();
    for (Worker worker : fleet.workers()) {
      WorkerStatus state = fleet.stateOf(worker);
      boolean gone =
          state == WorkerStatus.SILENT
              || state == WorkerStatus.REPLACED
              || state == WorkerStatus.REVOKED;
      for (Account account : gone ? List.<Account>of() : worker.accounts()) {
        if (account.loginFails()) {
          failing
              .computeIfAbsent(worker.registration().hostname(), host -> new TreeSet<>())
              .add(account.provider());
        }
      }
    }
    failing.forEach(
        (host, providers) ->
            about(
                FindingKind.LOGIN,
                host,
                "has a login that fails its check: " + named(List.copyOf(providers))));
  }

  private static String named(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
        + (names.size() > MOST_NAMED ? " and more" : "");
  }

  private static String key(FindingKind kind, String subject) {
    return new SeenFinding(kind.word(), subject, "", "").key();
  }

  private void failing() {
    for (SlowReads.Cause cause : fleet.slow().failing()) {
      if (settings.failures() > 0 && cause.count() >= settings.failures()) {
        about(
            FindingKind.FAILING,
            cause.name(),
            "is the cause of " + count(cause.count()) + " dead letters within an hour");
      }
    }
  }

  private void burn() {
    long burn = fleet.spend().anHourMicroUsd();
    if (settings.burnMicroUsd() > 0 && burn > settings.burnMicroUsd()) {
      add(
          FindingKind.BURN,
          "the fleet burns $"
              + count(burn / MICRO)
              + " an hour, its limit is $"
              + count(settings.burnMicroUsd() / MICRO));
    }
  }

  private void messages() {
    if (fleet.urgentIsLate()) {
      long n = fleet.inbox().urgent();
      add(
          FindingKind.UNREAD,
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

  private void plural(FindingKind kind, long n, String one, String many) {
    if (n > 0) {
      add(kind, count(n) + " " + (n == 1 ? one : many));
    }
  }

  private void about(ProjectQueue queue, FindingKind kind, String words) {
    found.add(Finding.in(kind, queue.project(), words));
  }

  private void add(FindingKind kind, String words) {
    found.add(Finding.of(kind, words));
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
