package dev.sluice.service.api;

import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** The body of a heartbeat. */
public final class HeartbeatBody {

  private static final String COUNT = "must be a non-negative number";
  private static final String QUARANTINED = "quarantinedSessions";
  private static final int MAX_LISTED = 1_000;
  private static final int MAX_SESSIONS = 100_000;

  private HeartbeatBody() {}

  /** Parses a body in which {@code quota} may repeat names. */
  public static JsonBody parse(byte[] body) {
    try {
      return JsonBody.of(body);
    } catch (ApiException malformed) {
      return JsonBody.of(LargeMember.empty(QuotaBody.NAME, body));
    }
  }

  /**
   * An absent status changes nothing; one that {@link #drains} starts a drain, any other ends it.
   */
  public static Heartbeat read(JsonBody body) {
    Long count =
        body.integer(
            COUNT,
            0,
            Integer.MAX_VALUE,
            "activeCount",
            "activeSessions",
            "active_agent_count",
            "activeAgentCount");
    if (count == null) {
      throw ApiException.invalid("activeCount", COUNT);
    }
    Long capacity = body.integer("must be a non-negative number", 0, MAX_SESSIONS, "maxSessions");
    @Nullable String status = body.string("status");
    return new Heartbeat(
        count.intValue(),
        capacity == null || capacity == 0 ? null : Integer.valueOf(capacity.intValue()),
        status == null ? null : Boolean.valueOf(drains(status)),
        ProjectAdmission.ofHeartbeat(body),
        quarantined(body),
        HeldSessionsBody.read(body),
        true,
        ProjectAdmission.repositoriesOfHeartbeat(body),
        QuotaBody.read(body));
  }

  /** Go clients omit an empty list. */
  private static int quarantined(JsonBody body) {
    String raw = body.raw(QUARANTINED);
    if (raw == null) {
      return 0;
    } else if (raw.startsWith("[")) {
      return body.elements(QUARANTINED, 0, MAX_LISTED).size();
    }
    Long count =
        body.integer("must be a non-negative number or an array", 0, MAX_SESSIONS, QUARANTINED);
    return count == null ? 0 : count.intValue();
  }

  /** A paused daemon refuses all work, as a draining one. */
  static boolean drains(@Nullable String status) {
    return "draining".equals(status) || "paused".equals(status);
  }
}
