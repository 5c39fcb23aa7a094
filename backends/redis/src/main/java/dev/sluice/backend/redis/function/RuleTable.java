package dev.sluice.backend.redis.function;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.JsonBytes;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.WorkBucket;
import dev.sluice.backend.stops.StopOrders;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Worker;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The rules as a table of Lua, the first thing in the library: {@code Rules.LEASE_MS}. Nodes with
 * other rules have another library, and share the data.
 */
final class RuleTable {

  /** Keeps a bucket until no call reads it. */
  private static final long FIGURES_SPARE_MS = 24 * 60 * 60_000L;

  /** A sweep adds so many up within milliseconds. */
  private static final long MAX_NEW_FIGURES = 1_000;

  /** Keeps the answer to a call until it can't come again: the client gives up within seconds. */
  private static final long CALL_MS = 60_000;

  private RuleTable() {}

  /** Sorted by name, so that equal rules are equal text. */
  static String of(Rules rules, Layouts layouts) {
    return new TreeMap<>(values(rules, layouts))
        .entrySet().stream()
            .map(rule -> "  " + rule.getKey() + " = " + rule.getValue() + ",\n")
            .collect(Collectors.joining("", "local Rules = {\n", "}\n"));
  }

  private static Map<String, String> values(Rules rules, Layouts layouts) {
    Map<String, String> values = new HashMap<>();
    values.put("OLDEST_LAYOUT", String.valueOf(layouts.oldest()));
    values.put("NEWEST_LAYOUT", String.valueOf(layouts.newest()));
    values.put("LAYOUT_IN_FORCE", String.valueOf(layouts.inForce()));
    numbers(rules).forEach((name, value) -> values.put(name, String.valueOf(value)));
    values.put("ACCEPT_MS", byDialect(rules::acceptMs));
    values.put("COPIES", byDialect(PollResult::copies));
    values.put("CUT", "'" + Message.CUT + "'");
    values.put("NO_PROJECTS", "'" + PackedNames.MARK + "'");
    values.put("BATCH_CAPABILITY", "'" + BatchLane.CAPABILITY + "'");
    return values;
  }

  /** A table by dialect. */
  private static String byDialect(ToLongFunction<Dialect> value) {
    return Arrays.stream(Dialect.values())
        .map(dialect -> dialect.name() + " = " + value.applyAsLong(dialect))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static Map<String, Long> numbers(Rules rules) {
    Map<String, Long> values = new HashMap<>();
    values.put("SHORTEST_ACCEPT_MS", (long) shortestAcceptMs(rules));
    values.put("LEASE_MS", (long) rules.leaseMs());
    values.put("OUTAGE_GAP_MS", (long) rules.outageGapMs());
    values.put("STOP_GRACE_MS", (long) rules.stopGraceMs());
    values.put("VISIBILITY_MS", (long) rules.visibilityMs());
    values.put("NORMAL_PATIENCE_MS", (long) rules.normalPatienceMs());
    values.put("NACK_BACKOFF_MS", (long) rules.nackBackoffMs());
    values.put("MAX_HELD", (long) Heartbeat.MAX_HELD);
    values.put("MAX_PREDECESSORS", (long) Worker.MAX_PREDECESSORS);
    values.put("MAX_UNKNOWN", (long) Worker.MAX_UNKNOWN);
    values.put("LONGEST_NACK_BACKOFF_MS", Rules.LONGEST_NACK_BACKOFF_MS);
    values.put("MAX_ITEMS", (long) rules.maxItemsPerPoll());
    values.put("MESSAGES_PER_READ", (long) rules.messagesPerRead());
    values.put("NORMAL_SHARE", (long) rules.normalShare());
    values.put("MAX_UNACKED", (long) rules.maxUnacked());
    values.put("MAX_RETURNS", (long) rules.maxReturns());
    values.put("MAX_CAPABILITY_SETS", (long) rules.maxCapabilitySets());
    values.put("MAX_ORG_CAPABILITY_SETS", (long) rules.bounds().maxOrgCapabilitySets());
    values.put("MAX_WORKERS", (long) rules.bounds().maxWorkers());
    values.put("WORKERS_OF_A_KEY", (long) rules.bounds().workersOfAKey());
    values.put("MAX_ROOM_LOOKS", (long) Rules.Bounds.ROOM_LOOKS);
    values.put("RECORD_BYTES", (long) StoredBytes.RECORD);
    values.put("CALL_MS", CALL_MS);
    values.put("LINE_BYTES", (long) StoredBytes.LINE);
    values.put("MAX_WORK_BYTES", (long) rules.bounds().maxWorkBytes());
    values.put("MAX_BYTES", (long) rules.bounds().maxAllBytes());
    values.put("PRESSED_BYTES", (long) rules.bounds().pressedBytes());
    values.put("MAX_KEYS", (long) rules.bounds().maxKeys());
    values.put("MAX_PROJECTS", (long) rules.bounds().maxProjects());
    values.put("DUE_STEP", (long) rules.dueStep());
    values.put("EXACT_POSITION", (long) rules.exactPosition());
    values.put("MAX_JUMP_MS", (long) StoredTime.MAX_JUMP_MS);
    values.put("FRONT_LOOKED_AT", (long) ProjectQueue.FRONT_LOOKED_AT);
    values.put("MAX_WAITING", (long) rules.maxWaiting());
    values.put("UPGRADE_MS", rules.upgradeMs());
    values.put("NODE_LEASE_MS", Schema.LEASE_MS);
    values.put("MAX_BATCH", (long) rules.maxBatch());
    values.put("MAX_ATTEMPTS", (long) rules.tries().maxAttempts());
    values.put("MAX_NACKS", (long) rules.tries().maxNacks());
    values.put("MAX_OFFERS", (long) rules.tries().maxOffers());
    values.put("NACKS_IN_ROW", (long) Rules.NACKS_IN_ROW);
    values.put("FAILURES_IN_ROW", (long) Rules.FAILURES_IN_ROW);
    values.put("ATTEMPTS_TO_DENY", (long) Rules.ATTEMPTS_TO_DENY);
    values.put("NO_SHOWS", (long) rules.tries().noShows());
    values.put("QUARANTINE_MS", (long) rules.tries().quarantineMs());
    values.put("LONGEST_QUARANTINE_MS", (long) rules.tries().longestQuarantineMs());
    values.put("ENDED_MS", (long) rules.kept().endedMs());
    values.put("MAX_ENDED", (long) rules.kept().maxEnded());
    values.put("DEAD_MS", (long) rules.kept().deadMs());
    values.put("ARCHIVE_MS", (long) rules.kept().archiveMs());
    values.put("SILENT_WORKER_MS", (long) rules.kept().silentWorkerMs());
    values.put("IDEMPOTENCY_MS", (long) rules.kept().idempotencyMs());
    values.put("MAX_ACTIVITIES", (long) rules.kept().activities());
    values.put("MAX_EVENTS", (long) rules.kept().events());
    values.put("AUDIT_MS", (long) rules.kept().auditMs());
    values.put("MAX_AUDIT", (long) rules.kept().maxAudit());
    values.put("MAX_REPOSITORIES", (long) WorkBucket.MOST_REPOSITORIES);
    values.put("LOGGED_MS", rules.kept().loggedMs());
    values.put("MAX_LOGGED", (long) rules.kept().maxLogged());
    values.put("MAX_MORE_LOGGED", (long) EventLog.MAX_MORE);
    values.put("LOGGED_PAGE", (long) EventLog.MAX_PAGE);
    values.put("LOGGED_DETAIL_BYTES", (long) LoggedEvent.MAX_DETAIL_BYTES);
    values.put("MAX_STOP_RUNS", (long) StopOrders.MAX_KEPT);
    values.put("MAX_FINDINGS", (long) Findings.MAX_KEPT);
    values.put("MAX_NOTICES", (long) Findings.MAX_NOTICES);
    values.put("NOTICE_MS", Findings.NOTICE_MS);
    values.put("FIRST_RETRY_MS", Findings.FIRST_RETRY_MS);
    values.put("LONGEST_RETRY_MS", Findings.LONGEST_RETRY_MS);
    values.put("MAX_ACKED", (long) InboxHistory.MAX_ACKNOWLEDGED);
    values.put("EXCERPT_BYTES", (long) Message.EXCERPT_BYTES);
    values.put("PAGE_BYTES", (long) Page.MAX_BYTES);
    values.put("ANSWER_BYTES", (long) PollResult.MAX_BYTES);
    values.put("WORK_BYTES", (long) PollResult.MAX_WORK_BYTES);
    values.put("JOB_BYTES", (long) PollResult.MAX_JOB_BYTES);
    values.put("JSON_MOST", (long) JsonBytes.MOST);
    values.put("BUCKET_MS", Figures.BUCKET_MS);
    values.put("FIGURES_MS", Figures.KEPT_MS);
    values.put("FIGURES_EXPIRE_MS", Figures.KEPT_MS + FIGURES_SPARE_MS);
    values.put("GAUGE_MS", Figures.GAUGE_MS);
    values.put("MAX_GAUGED", (long) Figures.MAX_GAUGED);
    values.put("MAX_NEW_FIGURES", MAX_NEW_FIGURES);
    values.put("MAX_SERIES", (long) Figures.MAX_SERIES);
    return values;
  }

  private static long shortestAcceptMs(Rules rules) {
    return Arrays.stream(Dialect.values()).mapToLong(rules::acceptMs).min().orElseThrow();
  }
}
