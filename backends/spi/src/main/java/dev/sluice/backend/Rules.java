package dev.sluice.backend;

import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Dialect;

/**
 * The time-outs and limits that all backends share. Times are milliseconds.
 *
 * @param leaseMs how long a silent worker keeps its claims
 * @param acceptMs how long a claimed session may stay without a sign that it was accepted
 * @param acceptGoDaemonMs the same for {@link Dialect#GO_DAEMON}
 * @param stopGraceMs how long a stopped session keeps slot and claim while its worker winds it down
 * @param visibilityMs after how long an offered, unacknowledged message is offered again
 * @param nackBackoffMs how long a nacked session is kept from the worker that nacked it
 * @param maxItemsPerPoll most items that one poll hands out
 * @param messagesPerRead most messages of one session in one poll
 * @param normalShare places of a read kept for the normal lane when any waits there
 * @param maxUnacked most unacknowledged messages of one session
 * @param maxReturns standing nacks from which on a worker gets messages only
 * @param maxCapabilitySets most distinct sets of required capabilities among a project's live and
 *     dead work
 * @param dueStep most due entries that one poll, or one step of a sweep, handles
 * @param exactPosition up to which position in the queue is counted exactly
 * @param maxWaiting most waiting work of an org; 0 for the backend's default
 * @param maxBatch most jobs of an org's batch lane that are waiting or offered
 * @param tries when a session is given up on and a worker quarantined
 * @param kept how long and how much is kept of what is over
 * @param bounds how much one org may store
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
   * When enough is enough.
   *
   * @param maxAttempts claims lost by time at which a session is dead
   * @param maxNacks nacks at which a session is dead
   * @param maxOffers offers after which a job of the batch lane is dead
   * @param noShows missed poll answers in a row at which a worker is quarantined
   * @param quarantineMs length of its first quarantine; each further one in a row is twice as long
   * @param longestQuarantineMs most that a quarantine lasts
   */
  public record Tries(
      int maxAttempts,
      int maxNacks,
      int maxOffers,
      int noShows,
      long quarantineMs,
      long longestQuarantineMs) {

    /** The values of {@code config.yml} as shipped. */
    public static final Tries DEFAULTS = new Tries(5, 20, 5, 3, 300_000, 3_600_000);

    /** Length of a quarantine that follows so many others without an acceptance between them. */
    public long quarantineMs(int before) {
      return (long) Math.min(longestQuarantineMs, quarantineMs * Math.pow(2, before));
    }
  }

  /**
   * What is kept of what is over. The oldest go first, in the steps of a sweep.
   *
   * @param endedMs how long an ended session, and a job of the batch lane that is over
   * @param maxEnded most ended sessions of an org; 0 for the backend's default
   * @param deadMs how long a dead letter
   * @param archiveMs how long the messages that a session left unread at its end
   * @param silentWorkerMs how long the record of a worker that gives no sign and holds no claim
   * @param activities most activities of a session
   * @param events most lines of a session's timeline
   * @param auditMs how long an audit line
   * @param maxAudit most audit lines of an org, at least 1
   * @param idempotencyMs how long what was answered to a call with an {@link Idempotency}
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

    /** The values of {@code config.yml} as shipped. */
    public static final Kept DEFAULTS =
        new Kept(
            DAY_MS, 0, 30 * DAY_MS, 7 * DAY_MS, 7 * DAY_MS, 200, 100, 30 * DAY_MS, 100_000, DAY_MS);
  }

  /**
   * How much one org may store.
   *
   * @param maxBytes most bytes, as {@link StoredBytes} counts them; 0 for the backend's default.
   *     Work and jobs leave a tenth of it to workers and messages, by which work ends
   * @param maxWorkers most registered workers
   * @param maxProjects most projects with live or dead work, limits, or a pause
   * @param maxOrgCapabilitySets most distinct sets of required capabilities among all live and dead
   *     work, which keeps polls cheap
   * @param maxKeys most kept keys of calls, {@link Idempotency}; the oldest go first
   */
  public record Bounds(
      long maxBytes, int maxWorkers, int maxProjects, int maxOrgCapabilitySets, int maxKeys) {

    private static final long UNLIMITED = 1L << 50;

    /** The values of {@code config.yml} as shipped. */
    public static final Bounds DEFAULTS = new Bounds(0, 20_000, 10_000, 1_024, 1_000_000);

    /** The same with another limit of bytes. */
    public Bounds withMaxBytes(long bytes) {
      return new Bounds(bytes, maxWorkers, maxProjects, maxOrgCapabilitySets, maxKeys);
    }

    /** From how many bytes on no work and no job comes in. */
    public long maxWorkBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes - maxBytes / 10;
    }

    /** From how many bytes on nothing comes in. */
    public long maxAllBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes;
    }

    /** Beyond how many bytes sweeps forget what is over before its time. */
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

  /** These rules with a backend's own limits where none is set. */
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

  /** A gap between two sweeps beyond this is an outage, in which nothing expires. */
  public long outageGapMs() {
    return leaseMs / 10;
  }

  /**
   * How long a normal message waits for a {@link Sessions#refresh} that brings it while younger
   * urgent ones go first.
   */
  public long normalPatienceMs() {
    return 5 * visibilityMs;
  }

  /** The accept deadline of a worker of that dialect, from its claim on. */
  public long acceptMs(Dialect dialect) {
    return dialect == Dialect.GO_DAEMON ? acceptGoDaemonMs : acceptMs;
  }

  /**
   * How many normal messages a read takes, so that urgent ones never starve them: the places that
   * urgent ones leave, but at least {@link #normalShare()} when that many wait.
   */
  public int normalTaken(int urgentWaiting, int normalWaiting) {
    return Math.min(normalWaiting, Math.max(normalShare, messagesPerRead - urgentWaiting));
  }
}
