package dev.sluice.service.api.answers.open;

import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Worker;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.PublicAnswers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The workers of a machine. Region, version, capacity and uptime are those of its present workers;
 * of all, if none is present.
 *
 * @param id the machine that the workers name, else their host
 * @param region empty if unknown; the latest worker's, like the version
 * @param uptimeSeconds since the first registration; 0 if stopped
 */
public record Machine(
    String id,
    RawJson region,
    String status,
    RawJson version,
    long activeSessions,
    Capacity capacity,
    long uptimeSeconds,
    String lastSeenAt) {

  public record Capacity(long maxConcurrentSessions) {}

  private static final List<String> STATUSES = List.of("ready", "draining", "paused", "stopped");

  /** In the order of registration. */
  public static List<Machine> of(List<Worker> workers, Instant now) {
    Map<String, List<Worker>> machines = new LinkedHashMap<>();
    for (Worker worker : workers) {
      String id =
          Objects.requireNonNullElse(
              worker.registration().machineId(), worker.registration().hostname());
      machines.computeIfAbsent(id, named -> new ArrayList<>()).add(worker);
    }
    return machines.entrySet().stream()
        .map(each -> of(each.getKey(), each.getValue(), now))
        .toList();
  }

  private static Machine of(String id, List<Worker> workers, Instant now) {
    long nowMs = now.toEpochMilli();
    int best =
        workers.stream()
            .mapToInt(each -> STATUSES.indexOf(status(each, nowMs)))
            .min()
            .orElseThrow();
    String status = STATUSES.get(best);
    boolean stopped = status.equals("stopped");
    List<Worker> present =
        stopped
            ? workers
            : workers.stream()
                .filter(each -> !each.retired() && !status(each, nowMs).equals("stopped"))
                .toList();
    List<Worker> shown = present.isEmpty() ? workers : present;
    Worker latest =
        shown.stream().max(Comparator.comparingLong(Worker::registeredAtMs)).orElseThrow();
    long since = shown.stream().mapToLong(Worker::registeredAtMs).min().orElseThrow();
    return new Machine(
        id,
        text(latest, "region"),
        status,
        text(latest, "version"),
        workers.stream().mapToLong(each -> each.activeSessions().size()).sum(),
        new Capacity(shown.stream().mapToLong(each -> each.registration().capacity()).sum()),
        stopped ? 0 : Math.max(0, (nowMs - since) / 1_000),
        PublicAnswers.iso(workers.stream().mapToLong(Worker::lastSeenMs).max().orElseThrow()));
  }

  private static String status(Worker worker, long nowMs) {
    return switch (Availability.of(worker, nowMs)) {
      case READY, FULL -> "ready";
      case DRAINING, RETIRED -> "draining";
      case QUARANTINED, NACKING -> "paused";
      case SILENT, REVOKED -> "stopped";
    };
  }

  private static RawJson text(Worker worker, String detail) {
    String raw = JsonBody.parse(worker.registration().details()).raw(detail);
    return new RawJson(raw == null || !raw.startsWith("\"") ? "\"\"" : raw);
  }
}
