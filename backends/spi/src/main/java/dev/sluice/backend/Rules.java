package dev.sluice.backend;

import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Dialect;

/**
 * The time-outs and limits of all backends. Times are milliseconds.
 *
 * @param leaseMs how long a silent worker keeps its claims
 * @param acceptMs accept deadline of a claim
 * @param acceptGoDaemonMs accept deadline for {@link Dialect#GO_DAEMON}
 * @param stopGraceMs how long a stopped session keeps its slot while its worker winds it down
 * @param visibilityMs when an unacknowledged message is offered again
 * @param nackBackoffMs how long a nacked session is kept from the worker that nacked it
 * @param maxItemsPerPoll most items of a poll
 * @param messagesPerRead most messages of a session in one poll
 * @param normalShare places kept for the normal lane if messages wait there
 * @param maxUnacked most unacknowledged messages of a session
 * @param maxReturns number of standing nacks at which a worker gets messages only
 * @param maxCapabilitySets most sets of required capabilities of a project's live and dead work
 * @param dueStep most deadlines handled by a poll or a step of a sweep
 * @param exactPosition highest exact queue position
 * @param maxWaiting most waiting work of an org; 0 for the backend's default
 * @param maxBatch most waiting and offered jobs of an org
 * @param tries limits of retries and no-shows
 * @param kept retention
 * @param bounds limits of storage
 */
public record Rules(
    long leaseMs,
    long acceptMs,
    long acceptGoDaemonMs,
    long stopGraceMs,
    long visibilityMs,
    long nackBackoffMs,
    int maxItemsPerPoll,
    int messagesPerRead,
    int normalShare,
    int maxUnacked,
    int maxReturns,
    int maxCapabilitySets,
    int dueStep,
    int exactPosition,
    long maxWaiting,
    int maxBatch,
    Tries tries,
    Kept kept,
    Bounds bounds) {

  /**
   * Limits of retries and no-shows.
   *
   * @param maxAttempts claims lost by time at which a session dies
   * @param maxNacks nacks at which a session dies
   * @param maxOffers offers after which a job dies
   * @param noShows missed poll answers in a row at which a worker is quarantined
   * @param quarantineMs length of the first quarantine; doubles for each further one in a row
   * @param longestQuarantineMs upper limit of that length
   */
  public record Tries(
      int maxAttempts,
      int maxNacks,
      int maxOffers,
      int noShows,
      long quarantineMs,
      long longestQuarantineMs) {

    public static final Tries DEFAULTS = new Tries(5, 20, 5, 3, 300_000, 3_600_000);

    /** Returns the length of a quarantine after {@code before} others in a row. */
    public long quarantineMs(int before) {
      return (long) Math.min(longestQuarantineMs, quarantineMs * Math.pow(2, before));
    }
  }

  /**
   * Retention. The oldest records go first, in the steps of a sweep.
   *
   * @param endedMs for ended sessions and jobs
   * @param maxEnded most ended sessions of an org; 0 for the backend's default
   * @param deadMs for dead letters
   * @param archiveMs for messages left unread by ended sessions
   * @param silentWorkerMs for silent workers without claims
   * @param activities most activities of a session
   * @param events most timeline lines of a session
   * @param auditMs for audit lines
   * @param maxAudit most audit lines of an org, from 1
   * @param idempotencyMs for answers stored under an {@link Idempotency} key
   */
  public record Kept(
      long endedMs,
      long maxEnded,
      long deadMs,
      long archiveMs,
      long silentWorkerMs,
      int activities,
      int events,
      long auditMs,
      long maxAudit,
      long idempotencyMs) {

    private static final long DAY_MS = 24 * 3_600_000L;

    public static final Kept DEFAULTS =
        new Kept(
            DAY_MS, 0, 30 * DAY_MS, 7 * DAY_MS, 7 * DAY_MS, 200, 100, 30 * DAY_MS, 100_000, DAY_MS);
  }

  /**
   * Storage limits of an org.
   *
   * @param maxBytes as {@link StoredBytes} counts; 0 for the backend's default. A tenth is reserved
   *     for workers and messages, which work needs to end
   * @param maxProjects most projects with live or dead work, limits or a pause
   * @param maxOrgCapabilitySets most sets of required capabilities of live and dead work; keeps
   *     polls cheap
   * @param maxKeys most {@link Idempotency} keys stored; the oldest go first
   */
  public record Bounds(
      long maxBytes, int maxWorkers, int maxProjects, int maxOrgCapabilitySets, int maxKeys) {

    private static final long UNLIMITED = 1L << 50;

    public static final Bounds DEFAULTS = new Bounds(0, 20_000, 10_000, 1_024, 1_000_000);

    public Bounds withMaxBytes(long bytes) {
      return new Bounds(bytes, maxWorkers, maxProjects, maxOrgCapabilitySets, maxKeys);
    }

    /** Limit of bytes for work and jobs. */
    public long maxWorkBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes - maxBytes / 10;
    }

    /** Limit of bytes for everything. */
    public long maxAllBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes;
    }

    /** Bytes above which sweeps cut retention short. */
    public long pressedBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes / 10 * 7;
    }
  }

  /** The values of {@code config.yml} as shipped. */
  public static final Rules DEFAULTS =
      new Rules(
          180_000,
          300_000,
          900_000,
          90_000,
          60_000,
          30_000,
          5,
          10,
          2,
          1_000,
          64,
          64,
          64,
          10_000,
          0,
          10_000,
          Tries.DEFAULTS,
          Kept.DEFAULTS,
          Bounds.DEFAULTS);

  /** Fills limits that are not set with a backend's own. */
  public Rules withDefaults(long defaultMaxWaiting, long defaultMaxEnded, long defaultMaxBytes) {
    Kept filled =
        new Kept(
            kept.endedMs,
            kept.maxEnded == 0 ? defaultMaxEnded : kept.maxEnded,
            kept.deadMs,
            kept.archiveMs,
            kept.silentWorkerMs,
            kept.activities,
            kept.events,
            kept.auditMs,
            kept.maxAudit,
            kept.idempotencyMs);
    return new Rules(
        leaseMs,
        acceptMs,
        acceptGoDaemonMs,
        stopGraceMs,
        visibilityMs,
        nackBackoffMs,
        maxItemsPerPoll,
        messagesPerRead,
        normalShare,
        maxUnacked,
        maxReturns,
        maxCapabilitySets,
        dueStep,
        exactPosition,
        maxWaiting == 0 ? defaultMaxWaiting : maxWaiting,
        maxBatch,
        tries,
        filled,
        bounds.maxBytes == 0 ? bounds.withMaxBytes(defaultMaxBytes) : bounds);
  }

  /** A longer gap between two sweeps is an outage, in which nothing expires. */
  public long outageGapMs() {
    return leaseMs / 10;
  }

  /**
   * Time after which a normal message goes before younger urgent ones in {@link Sessions#refresh}.
   */
  public long normalPatienceMs() {
    return 5 * visibilityMs;
  }

  /** Returns the accept deadline of a dialect, from the claim on. */
  public long acceptMs(Dialect dialect) {
    return dialect == Dialect.GO_DAEMON ? acceptGoDaemonMs : acceptMs;
  }

  /**
   * Returns the number of normal messages in a read: the places left by urgent ones, at least
   * {@link #normalShare()} if that many wait, so that they never starve.
   */
  public int normalTaken(int urgentWaiting, int normalWaiting) {
    return Math.min(normalWaiting, Math.max(normalShare, messagesPerRead - urgentWaiting));
  }
}
