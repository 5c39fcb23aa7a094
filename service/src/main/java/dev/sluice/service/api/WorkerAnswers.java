package dev.sluice.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to calls about a worker: the union of the spellings that clients decode. */
public final class WorkerAnswers {

  private WorkerAnswers() {}

  /** Protocol 3.1. A legacy caller gets null for the token and its expiry. */
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
      @Nullable String expiresAt) {

    /** All spellings from one value each. */
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
          expiry);
    }

    private static long seconds(Duration interval) {
      return Math.max(1, interval.toSeconds());
    }
  }

  /** Protocol 3.3; {@code ack} is for the snake-case worker. */
  public record Beat(boolean acknowledged, boolean ack, String serverTime, long pendingWorkCount) {

    public static Beat of(Instant now, long pending) {
      return new Beat(true, true, iso(now), pending);
    }
  }

  /** Protocol 3.7. Times are epoch ms. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Info(
      String id,
      String hostname,
      int capacity,
      int activeCount,
      long registeredAt,
      long lastHeartbeat,
      String status,
      @Nullable RawJson version,
      List<String> projects,
      List<String> capabilities,
      List<String> activeSessions) {

    public static Info of(Worker worker) {
      Registration registration = worker.registration();
      return new Info(
          registration.workerId(),
          registration.hostname(),
          registration.capacity(),
          worker.activeCount(),
          worker.registeredAtMs(),
          worker.lastSeenMs(),
          worker.silent() ? "offline" : registration.draining() ? "draining" : "active",
          RawJson.ofNullable(JsonBody.parse(registration.details()).raw("version")),
          registration.projects(),
          registration.capabilities(),
          worker.activeSessions());
    }
  }

  /** Protocol 3.7. */
  public record Deregistered(boolean deregistered, List<String> unclaimedSessions) {}

  private static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
