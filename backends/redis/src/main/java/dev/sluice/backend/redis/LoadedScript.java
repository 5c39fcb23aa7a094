package dev.sluice.backend.redis;

import dev.sluice.backend.BatchLane;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.InboxHistory;
import dev.sluice.backend.Message;
import dev.sluice.backend.Page;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StopOrders;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.StoredTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A script as Redis gets it: the rules in force as constants, then the script's text.
 *
 * <p>Constants and not arguments: a poll would carry a dozen of them, and Redis turns each into a
 * Lua string. Nodes with other rules run other scripts; the data is the same.
 *
 * @param sha what EVALSHA names it by
 */
record LoadedScript(String text, String sha) {

  private static final Pattern CAPITALS = Pattern.compile("\\b[A-Z][A-Z_]+\\b");
  private static final Map<LuaScript, Set<String>> NAMES = new ConcurrentHashMap<>();

  static LoadedScript of(LuaScript script, Rules rules) {
    String text = used(constants(rules), names(script)) + script.text();
    return new LoadedScript(text, sha1(text));
  }

  /** The names in capitals in a script. */
  private static Set<String> names(LuaScript script) {
    return NAMES.computeIfAbsent(
        script,
        key ->
            CAPITALS
                .matcher(key.text())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** The constants that a script names: Lua knows at most 200 locals in a function. */
  private static String used(String constants, Set<String> names) {
    return constants
        .lines()
        .filter(line -> names.contains(line.split(" ", 3)[1]))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String constants(Rules rules) {
    String acceptMs =
        Arrays.stream(Dialect.values())
            .map(dialect -> dialect.name() + " = " + rules.acceptMs(dialect))
            .collect(Collectors.joining(", ", "{ ", " }"));
    return "local ACCEPT_MS = "
        + acceptMs
        + constant("SHORTEST_ACCEPT_MS", shortestAcceptMs(rules))
        + constant("LEASE_MS", rules.leaseMs())
        + constant("OUTAGE_GAP_MS", rules.outageGapMs())
        + constant("STOP_GRACE_MS", rules.stopGraceMs())
        + constant("VISIBILITY_MS", rules.visibilityMs())
        + constant("NORMAL_PATIENCE_MS", rules.normalPatienceMs())
        + constant("NACK_BACKOFF_MS", rules.nackBackoffMs())
        + constant("MAX_ITEMS", rules.maxItemsPerPoll())
        + constant("MESSAGES_PER_READ", rules.messagesPerRead())
        + constant("NORMAL_SHARE", rules.normalShare())
        + constant("MAX_UNACKED", rules.maxUnacked())
        + constant("MAX_RETURNS", rules.maxReturns())
        + constant("MAX_CAPABILITY_SETS", rules.maxCapabilitySets())
        + constant("MAX_ORG_CAPABILITY_SETS", rules.bounds().maxOrgCapabilitySets())
        + constant("MAX_WORKERS", rules.bounds().maxWorkers())
        + constant("RECORD_BYTES", StoredBytes.RECORD)
        + constant("LINE_BYTES", StoredBytes.LINE)
        + constant("MAX_WORK_BYTES", rules.bounds().maxWorkBytes())
        + constant("MAX_BYTES", rules.bounds().maxAllBytes())
        + constant("PRESSED_BYTES", rules.bounds().pressedBytes())
        + constant("MAX_KEYS", rules.bounds().maxKeys())
        + constant("MAX_PROJECTS", rules.bounds().maxProjects())
        + constant("DUE_STEP", rules.dueStep())
        + constant("EXACT_POSITION", rules.exactPosition())
        + constant("MAX_JUMP_MS", StoredTime.MAX_JUMP_MS)
        + constant("FRONT_LOOKED_AT", ProjectQueue.FRONT_LOOKED_AT)
        + constant("MAX_WAITING", rules.maxWaiting())
        + constant("MAX_BATCH", rules.maxBatch())
        + constant("MAX_ATTEMPTS", rules.tries().maxAttempts())
        + constant("MAX_NACKS", rules.tries().maxNacks())
        + constant("MAX_OFFERS", rules.tries().maxOffers())
        + constant("NO_SHOWS", rules.tries().noShows())
        + constant("QUARANTINE_MS", rules.tries().quarantineMs())
        + constant("LONGEST_QUARANTINE_MS", rules.tries().longestQuarantineMs())
        + constant("ENDED_MS", rules.kept().endedMs())
        + constant("MAX_ENDED", rules.kept().maxEnded())
        + constant("DEAD_MS", rules.kept().deadMs())
        + constant("ARCHIVE_MS", rules.kept().archiveMs())
        + constant("SILENT_WORKER_MS", rules.kept().silentWorkerMs())
        + constant("IDEMPOTENCY_MS", rules.kept().idempotencyMs())
        + constant("MAX_ACTIVITIES", rules.kept().activities())
        + constant("MAX_EVENTS", rules.kept().events())
        + constant("AUDIT_MS", rules.kept().auditMs())
        + constant("MAX_AUDIT", rules.kept().maxAudit())
        + constant("MAX_STOP_RUNS", StopOrders.MAX_KEPT)
        + constant("MAX_ACKED", InboxHistory.MAX_ACKNOWLEDGED)
        + constant("EXCERPT_BYTES", Message.EXCERPT_BYTES)
        + constant("PAGE_BYTES", Page.MAX_BYTES)
        + "\nlocal CUT = '"
        + Message.CUT
        + "'"
        + "\nlocal BATCH_CAPABILITY = '"
        + BatchLane.CAPABILITY
        + "'\n";
  }

  private static long shortestAcceptMs(Rules rules) {
    return Arrays.stream(Dialect.values()).mapToLong(rules::acceptMs).min().orElseThrow();
  }

  private static String constant(String name, long value) {
    return "\nlocal " + name + " = " + value;
  }

  private static String sha1(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
