package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;

/**
 * A fleet as AgentFactory keeps it: 10,000 waiting items, 50 workers with 450 live sessions, 50
 * ended ones, parked work, and inboxes with messages in each state.
 */
public final class GeneratedFleet {

  public static final int WAITING = 10_000;
  public static final int WORKERS = 50;
  public static final int LIVE = 450;
  public static final int CLAIMED = 50;
  public static final int SESSIONS = 500;
  public static final int PARKED = 45;

  /** Time of the first waiting item, epoch ms. */
  public static final long T = 1_790_000_000_000L;

  public static final String GROUP = "inbox-readers";

  private static final long DAY_S = 86_400;
  private static final String PROMPT = "p".repeat(200);
  private static final StreamEntryID ALL = new StreamEntryID(0, 0);

  private final Jedis jedis;
  private final long now;

  private GeneratedFleet(Jedis jedis, long now) {
    this.jedis = jedis;
    this.now = now;
  }

  public static void load(RedisServerProcess server) {
    try (Jedis jedis = server.connect()) {
      load(jedis);
    }
  }

  public static void load(Jedis jedis) {
    long now = Long.parseLong(jedis.time().get(0)) * 1000;
    GeneratedFleet fleet = new GeneratedFleet(jedis, now);
    try (Pipeline pipeline = jedis.pipelined()) {
      fleet.addWaiting(pipeline);
      fleet.addWorkers(pipeline);
      fleet.addSessions(pipeline);
      fleet.addParked(pipeline);
      fleet.addInboxes(pipeline);
    }
  }

  public static String waiting(int n) {
    return "gen-q-%05d".formatted(n);
  }

  public static String session(int k) {
    return "gen-s-%03d".formatted(k);
  }

  public static String worker(int w) {
    return "wkr_%016d".formatted(w);
  }

  static String issue(int k) {
    return "gen-i-%03d".formatted(k);
  }

  public static int priority(int n) {
    return 1 + n % 5;
  }

  public static String item(int n) {
    return item(waiting(n), "gen-qi-" + n, priority(n), T + 7L * n, n % 10);
  }

  private static String item(
      String session, String issue, int priority, long queuedAt, int project) {
    return """
        {"sessionId":"%s","issueId":"%s","issueIdentifier":"GEN-1","priority":%d,"queuedAt":%d,\
        "prompt":"%s","workType":"development","projectName":"proj-%d"}"""
        .formatted(session, issue, priority, queuedAt, PROMPT, project);
  }

  private void addWaiting(Pipeline pipeline) {
    for (int n = 0; n < WAITING; n++) {
      long queuedAt = T + 7L * n;
      pipeline.hset("work:items", waiting(n), item(n));
      pipeline.zadd("work:queue", priority(n) * 1e13 + queuedAt, waiting(n));
      setSession(pipeline, waiting(n), "gen-qi-" + n, "pending", "", queuedAt);
    }
  }

  private void setSession(
      Pipeline pipeline, String id, String issue, String status, String more, long queuedAt) {
    pipeline.set(
        "agent:session:" + id,
        """
        {"linearSessionId":"%s","issueId":"%s","issueIdentifier":"GEN-1","providerSessionId":null,\
        "worktreePath":"","status":"%s","createdAt":%d,"updatedAt":%d,"queuedAt":%d,"priority":3,\
        "promptContext":"%s","projectName":"proj-1","workType":"development"%s}"""
            .formatted(id, issue, status, queuedAt, now, queuedAt, PROMPT, more),
        SetParams.setParams().ex(DAY_S));
  }

  private void addWorkers(Pipeline pipeline) {
    for (int w = 0; w < WORKERS; w++) {
      pipeline.set(
          "work:worker:" + worker(w),
          """
          {"id":"%s","hostname":"h%d","capacity":10,"activeCount":10,"registeredAt":%d,\
          "lastHeartbeat":%d,"status":"active","version":"1.0"}"""
              .formatted(worker(w), w, T, now),
          SetParams.setParams().ex(300));
    }
  }

  private void addSessions(Pipeline pipeline) {
    for (int k = 0; k < LIVE; k++) {
      String worker = worker(k % WORKERS);
      String claim = ",\"workerId\":\"%s\",\"claimedAt\":%d,\"agentId\":\"gen-a-%d\"";
      setSession(
          pipeline,
          session(k),
          issue(k),
          k < CLAIMED ? "claimed" : "running",
          claim.formatted(worker, T + k, k),
          T);
      pipeline.sadd("work:worker:" + worker + ":sessions", session(k));
      pipeline.set("work:claim:" + session(k), worker, SetParams.setParams().ex(3600));
      pipeline.set(
          "issue:lock:" + issue(k),
          """
          {"sessionId":"%s","workType":"development","workerId":null,"lockedAt":%d,\
          "issueIdentifier":"GEN-1"}"""
              .formatted(session(k), T),
          SetParams.setParams().ex(7200));
    }
    for (int k = LIVE; k < SESSIONS; k++) {
      setSession(
          pipeline,
          session(k),
          issue(k),
          ended(k),
          ",\"workerId\":\"%s\",\"totalCostUsd\":0.25,\"inputTokens\":10,\"outputTokens\":20"
              .formatted(worker(k % WORKERS)),
          T);
    }
  }

  static String ended(int k) {
    return k < LIVE + 30 ? "completed" : k < LIVE + 40 ? "failed" : "stopped";
  }

  /** The sessions whose issues have parked work. */
  static int parkedBehind(int p) {
    return p * 10;
  }

  public static String parked(int p) {
    return "gen-p-%02d".formatted(p);
  }

  private void addParked(Pipeline pipeline) {
    for (int p = 0; p < PARKED; p++) {
      String issue = issue(parkedBehind(p));
      pipeline.zadd("issue:pending:" + issue, 2, "qa");
      pipeline.hset("issue:pending:items:" + issue, "qa", item(parked(p), issue, 2, T, 1));
      pipeline.expire("issue:pending:" + issue, DAY_S);
      pipeline.expire("issue:pending:items:" + issue, DAY_S);
      setSession(pipeline, parked(p), issue, "pending", "", T);
    }
  }

  private void addInboxes(Pipeline pipeline) {
    for (int k = 0; k < SESSIONS; k++) {
      String inbox =
          k < LIVE ? "agent:inbox:gen-a-" + k : "agent:inbox:archive:gen-a-" + k + ":" + session(k);
      String normal = inbox + ":normal";
      String urgent = inbox + ":urgent";
      pipeline.xgroupCreate(normal, GROUP, ALL, true);
      pipeline.xgroupCreate(urgent, GROUP, ALL, true);
      if (k >= LIVE) {
        add(pipeline, normal, session(k), "hook-result", "unread at the end", T, 0);
        pipeline.expire(normal, 7 * DAY_S);
        pipeline.expire(urgent, 7 * DAY_S);
      } else if (k >= CLAIMED) {
        add(pipeline, normal, session(k), "hook-result", "acknowledged", T, 0);
        add(pipeline, normal, session(k), "hook-result", "read", T, 1);
        pipeline.xreadGroup(
            GROUP,
            "worker:" + worker(k % WORKERS),
            XReadGroupParams.xReadGroupParams().count(2),
            Map.of(normal, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        pipeline.xack(normal, GROUP, new StreamEntryID(T, 0));
        add(pipeline, normal, session(k), "nudge", "unread", T + 1, 0);
        if (k % 2 == 1) {
          add(pipeline, urgent, session(k), "directive", "urgent", T + 1, 0);
        }
      }
    }
  }

  private static void add(
      Pipeline pipeline,
      String stream,
      String session,
      String type,
      String payload,
      long ms,
      long number) {
    pipeline.xadd(
        stream,
        Map.of("data", message(session, type, payload, ms)),
        XAddParams.xAddParams().id(new StreamEntryID(ms, number)));
  }

  static String message(String session, String type, String payload, long createdAt) {
    return """
        {"type":"%s","sessionId":"%s","payload":"%s","createdAt":%d,"userName":"Ann"}"""
        .formatted(type, session, payload, createdAt);
  }
}
