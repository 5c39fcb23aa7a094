package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Availability;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.DrainedHost;
import dev.sluice.control.Host;
import dev.sluice.control.Removal;
import dev.sluice.service.api.AttestedLevels;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers about workers, in every spelling that clients decode. */
public final class WorkerAnswers {

  private WorkerAnswers() {}

  /** The answer to a registration. A legacy caller gets null for the token and its expiry. */
  public record Registered(
      String workerId,
      @JsonProperty("worker_id") String workerIdSnake,
      long heartbeatInterval,
      long pollInterval,
      long heartbeatIntervalSeconds,
      long pollIntervalSeconds,
      @JsonProperty("heartbeat_interval_seconds") long heartbeatIntervalSecondsSnake,
      @JsonProperty("poll_interval_seconds") long pollIntervalSecondsSnake,
      @Nullable String runtimeToken,
      @Nullable String runtimeJwt,
      @JsonProperty("runtime_jwt") @Nullable String runtimeJwtSnake,
      @Nullable String runtimeTokenExpiresAt,
      @Nullable String expiresAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> sessions) {

    public Registered holding(HeartbeatResult result) {
      return new Registered(
          workerId,
          workerIdSnake,
          heartbeatInterval,
          pollInterval,
          heartbeatIntervalSeconds,
          pollIntervalSeconds,
          heartbeatIntervalSecondsSnake,
          pollIntervalSecondsSnake,
          runtimeToken,
          runtimeJwt,
          runtimeJwtSnake,
          runtimeTokenExpiresAt,
          expiresAt,
          words(result.held()));
    }

    public static Registered of(
        String workerId,
        Duration heartbeat,
        Duration poll,
        @Nullable String token,
        @Nullable Instant expiresAt) {
      String expiry = expiresAt == null ? null : iso(expiresAt);
      return new Registered(
          workerId,
          workerId,
          heartbeat.toMillis(),
          poll.toMillis(),
          seconds(heartbeat),
          seconds(poll),
          seconds(heartbeat),
          seconds(poll),
          token,
          token,
          token,
          expiry,
          expiry,
          null);
    }

    private static long seconds(Duration interval) {
      return Math.max(1, interval.toSeconds());
    }
  }

  /** The answer to a heartbeat; {@code ack} is for the snake-case worker. */
  public record Beat(
      boolean acknowledged,
      boolean ack,
      String serverTime,
      long pendingWorkCount,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> sessions,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HostStatus hostStatus) {

    public static Beat of(Instant now, Heartbeat heartbeat, HeartbeatResult result) {
      return new Beat(
          true,
          true,
          iso(now),
          result.waiting(),
          verdicts(heartbeat, result),
          result.dialect() == Dialect.GO_DAEMON ? HostStatus.of(result.drained()) : null);
    }
  }

  /**
   * Tells a Go daemon to stop polling or to poll. It keeps the last status that it was told, so
   * each of its heartbeats is answered with one.
   */
  public record HostStatus(String status, String recommendedAction) {

    private static final HostStatus DRAINING =
        new HostStatus(
            "pool_draining", "An operator drains this worker. It gets no work until that ends.");

    private static final HostStatus OK = new HostStatus("ok", "Nothing to do.");

    static HostStatus of(boolean drained) {
      return drained ? DRAINING : OK;
    }
  }

  /** The answer to the heartbeat of an older daemon: both published shapes, and {@code ack}. */
  public record DaemonBeat(
      boolean acknowledged,
      boolean ack,
      String serverTime,
      long pendingWorkCount,
      boolean ok,
      long serverTimeMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> sessions) {

    public static DaemonBeat of(Instant now, Heartbeat heartbeat, HeartbeatResult result) {
      return new DaemonBeat(
          true,
          true,
          iso(now),
          result.waiting(),
          true,
          now.toEpochMilli(),
          verdicts(heartbeat, result));
    }
  }

  /** Null if the heartbeat lists no sessions. */
  private static @Nullable Map<String, String> verdicts(
      Heartbeat heartbeat, HeartbeatResult result) {
    return heartbeat.held() == null ? null : words(result.held());
  }

  private static Map<String, String> words(Map<String, HeartbeatResult.Verdict> verdicts) {
    Map<String, String> words = new TreeMap<>();
    verdicts.forEach((id, verdict) -> words.put(id, verdict.name().toLowerCase(Locale.ROOT)));
    return words;
  }

  /** The record of a worker. Times are epoch ms. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Info(
      String id,
      String hostname,
      int capacity,
      int activeCount,
      long registeredAt,
      long lastHeartbeat,
      String status,
      String dialect,
      @Nullable RawJson version,
      @Nullable RawJson executionSecurityEnforcement,
      List<String> projects,
      List<String> capabilities,
      List<String> activeSessions,
      @Nullable Long quarantinedUntil,
      @Nullable String quarantineReason,
      @Nullable String note,
      @Nullable Boolean takesNothing,
      @Nullable Integer quarantinedSessions,
      @Nullable Integer inheritedSessions,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notHeld,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unknownHeld,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AccountInfo> quota,
      @Nullable String notRemovable,
      @Nullable Long protectedUntil) {

    public static Info of(Worker worker, Instant now) {
      return of(worker, now, null);
    }

    /**
     * @param notRemovable why it can't be removed; null if that wasn't asked
     */
    public static Info of(Worker worker, Instant now, @Nullable String notRemovable) {
      Registration registration = worker.registration();
      JsonBody details = JsonBody.parse(registration.details());
      return new Info(
          registration.workerId(),
          registration.hostname(),
          registration.capacity(),
          worker.activeCount(),
          worker.registeredAtMs(),
          worker.lastSeenMs(),
          standing(worker, now.toEpochMilli()),
          registration.dialect().wire(),
          RawJson.ofNullable(details.raw("version")),
          RawJson.ofNullable(details.raw(AttestedLevels.MEMBER)),
          registration.projects().names(),
          registration.capabilities(),
          worker.activeSessions(),
          worker.quarantinedUntilMs() > now.toEpochMilli() ? worker.quarantinedUntilMs() : null,
          worker.quarantineReason(now.toEpochMilli()),
          worker.note(),
          registration.projects().none() ? true : null,
          worker.quarantined() == 0 ? null : worker.quarantined(),
          worker.inherited() == 0 ? null : worker.inherited(),
          worker.notHeld(),
          worker.unknownHeld(),
          worker.accounts().stream()
              .map(account -> AccountInfo.of(account, now.toEpochMilli()))
              .toList(),
          notRemovable,
          worker.protectedUntilMs() > now.toEpochMilli() ? worker.protectedUntilMs() : null);
    }
  }

  /**
   * An account at a provider. Times are epoch ms.
   *
   * @param account a hash of its id
   * @param dryUntil null if it has something left
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AccountInfo(
      @Nullable String account,
      String provider,
      @Nullable String plan,
      @Nullable Long checkedAt,
      List<WindowInfo> windows,
      @Nullable Long dryUntil,
      @Nullable CheckInfo authCheck) {

    static AccountInfo of(Account account, long nowMs) {
      return new AccountInfo(
          orNull(account.account()),
          account.provider(),
          orNull(account.plan()),
          orNull(account.checkedAtMs()),
          account.windows().stream().map(WindowInfo::of).toList(),
          orNull(account.dryUntilMs(nowMs)),
          account.check() == null ? null : CheckInfo.of(account.check()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WindowInfo(
      @Nullable String id, @Nullable String label, int usedPercent, @Nullable Long resetsAt) {

    static WindowInfo of(Account.Window window) {
      return new WindowInfo(
          orNull(window.id()),
          orNull(window.label()),
          window.usedPercent(),
          orNull(window.resetsAtMs()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckInfo(@Nullable String harness, boolean ok, @Nullable Long checkedAt) {

    static CheckInfo of(Account.Check check) {
      return new CheckInfo(orNull(check.harness()), check.ok(), orNull(check.checkedAtMs()));
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Long orNull(long timeMs) {
    return timeMs == 0 ? null : timeMs;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WorkerList(List<Info> workers, Summary summary, @Nullable String nextCursor) {}

  /**
   * Totals of the caller's active workers, at most a second old.
   *
   * @param availableCapacity free slots of workers that take work
   */
  public record Summary(
      int totalWorkers,
      int activeWorkers,
      long totalCapacity,
      long totalActive,
      long availableCapacity,
      long queueLength) {

    public static Summary of(List<Worker> workers, long queueLength, Instant now) {
      long nowMs = now.toEpochMilli();
      List<Worker> active =
          workers.stream().filter(worker -> standing(worker, nowMs).equals(ACTIVE)).toList();
      long capacity = active.stream().mapToLong(each -> each.registration().capacity()).sum();
      long held = active.stream().mapToLong(each -> each.activeSessions().size()).sum();
      long free =
          active.stream()
              .filter(worker -> Availability.of(worker, nowMs) == Availability.READY)
              .mapToLong(Worker::freeSlots)
              .sum();
      return new Summary(workers.size(), active.size(), capacity, held, free, queueLength);
    }
  }

  private static final String ACTIVE = "active";

  private static String standing(Worker worker, long nowMs) {
    return switch (Availability.of(worker, nowMs)) {
      case REVOKED, SILENT -> "offline";
      case RETIRED, DRAINING -> "draining";
      case QUARANTINED, NACKING, FULL, READY -> ACTIVE;
    };
  }

  /**
   * A host after an order to drain or undrain it.
   *
   * @param sessionsLeft claimed by its workers
   */
  public record HostDrain(
      String host, List<HostWorker> workers, int sessionsLeft, boolean safeToReboot) {

    public static HostDrain of(DrainedHost drained) {
      Host host = drained.host();
      return new HostDrain(
          host.name(),
          Stream.concat(
                  host.workers().stream().map(HostWorker::of),
                  drained.gone().stream().map(id -> new HostWorker(id, "gone", 0)))
              .toList(),
          host.sessions(),
          host.safeToReboot());
    }
  }

  /**
   * @param state {@code drained}; {@code draining} by itself; {@code undrained}; {@code gone} if it
   *     was deregistered meanwhile
   */
  public record HostWorker(String id, String state, int activeSessions) {

    static HostWorker of(Worker worker) {
      Registration registration = worker.registration();
      String itself = registration.draining() ? "draining" : "undrained";
      return new HostWorker(
          registration.workerId(),
          worker.drained() ? "drained" : itself,
          worker.activeSessions().size());
    }
  }

  /**
   * A drained worker that is about to be removed.
   *
   * @param because what would be lost with it; null if it is released
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Released(boolean released, int claims, @Nullable String because) {

    public static Released of(Worker worker, long nowMs) {
      String because = Removal.obstacle(worker, nowMs);
      return new Released(because == null, worker.busySlots(), because);
    }
  }

  public record Deregistered(boolean deregistered, List<String> unclaimedSessions) {}

  private static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
