package dev.sluice.backend;

/**
 * Time-outs and limits of all backends. Times are ms.
 *
 * @param leaseMs how long a silent worker keeps its claims
 * @param acceptMs accept deadline of a claim
 * @param acceptGoDaemonMs the same for {@link Dialect#GO_DAEMON}
 * @param stopGraceMs how long a stopped session keeps its slot
 * @param visibilityMs when an unacknowledged message is offered again
 * @param nackBackoffMs how long a session is kept from a worker after its first nack of it
 * @param messagesPerRead most messages of a session in one poll
 * @param normalShare places kept for waiting normal messages
 * @param maxUnacked unacknowledged messages of a session
 * @param maxReturns standing nacks at which a worker gets messages only
 * @param maxCapabilitySets of a project's live and dead work
 * @param dueStep most deadlines of a poll or a step of a sweep
 * @param exactPosition highest exact queue position
 * @param maxWaiting waiting work of an org; 0 for the backend's default
 * @param maxBatch waiting and offered jobs of an org
 * @param upgradeMs how long all nodes must have known a newer layout before it is in force
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
    long upgradeMs,
    Tries tries,
    Kept kept,
    Bounds bounds) {

  /** Nacks in a row, without an acceptance, at which a worker is quarantined. */
  public static final int NACKS_IN_ROW = 10;

  /** Failures of its machine in a row from which on a worker is quarantined. */
  public static final int FAILURES_IN_ROW = 3;

  /** Claims lost by time from which on a session dies by the first denial for good. */
  public static final int ATTEMPTS_TO_DENY = 2;

  /** Up to here a back-off doubles. */
  public static final long LONGEST_NACK_BACKOFF_MS = 1_800_000;

  /**
   * @param maxAttempts claims lost by time, and failed runs, at which a session dies
   * @param maxNacks workers whose nacks let a session die, and failures of machines
   * @param maxOffers offers after which a job dies
   * @param noShows missed poll answers in a row at which a worker is quarantined
   * @param quarantineMs first quarantine, for no-shows or nacks; doubles for each further one in a
   *     row, up to {@code longestQuarantineMs}
   */
  public record Tries(
      int maxAttempts,
      int maxNacks,
      int maxOffers,
      int noShows,
      long quarantineMs,
      long longestQuarantineMs) {

    public static final Tries DEFAULTS = new Tries(5, 20, 5, 3, 300_000, 3_600_000);

    /**
     * @param before earlier ones in a row
     */
    public long quarantineMs(int before) {
      return (long) Math.min(longestQuarantineMs, quarantineMs * Math.pow(2, before));
    }
  }

  /**
   * Retention. Sweeps delete the oldest first.
   *
   * @param endedMs for ended sessions and jobs
   * @param maxEnded ended sessions of an org; 0 for the backend's default
   * @param archiveMs for messages left unread by ended sessions
   * @param silentWorkerMs for silent workers without claims
   * @param activities most of a session
   * @param events timeline lines of a session
   * @param maxAudit audit lines of an org, from 1
   * @param idempotencyMs for answers under an {@link Idempotency} key
   * @param loggedMs for the {@link dev.sluice.backend.events.EventLog}
   * @param maxLogged events of an org to keep; 0 for no log
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
      long idempotencyMs,
      long loggedMs,
      int maxLogged) {

    Kept with(long mostEnded, int mostLogged) {
      return new Kept(
          endedMs,
          mostEnded,
          deadMs,
          archiveMs,
          silentWorkerMs,
          activities,
          events,
          auditMs,
          maxAudit,
          idempotencyMs,
          loggedMs,
          mostLogged);
    }

    private static final long DAY_MS = 24 * 3_600_000L;

    public static final Kept DEFAULTS =
        new Kept(
            DAY_MS,
            0,
            30 * DAY_MS,
            7 * DAY_MS,
            7 * DAY_MS,
            200,
            100,
            30 * DAY_MS,
            100_000,
            DAY_MS,
            DAY_MS,
            100_000);
  }

  /**
   * Storage limits of an org.
   *
   * @param maxBytes by {@code StoredBytes}; 0 for the backend's default. A tenth is reserved for
   *     workers and messages, which work needs to end
   * @param maxProjects with live or dead work, limits or a pause
   * @param maxOrgCapabilitySets of live and dead work; keeps polls cheap
   * @param maxKeys {@link Idempotency} keys; the oldest go first
   * @param maxWorkersPerKey workers that one credential registered; 0 for three quarters of {@code
   *     maxWorkers}
   */
  public record Bounds(
      long maxBytes,
      int maxWorkers,
      int maxProjects,
      int maxOrgCapabilitySets,
      int maxKeys,
      int maxWorkersPerKey) {

    /** Most silent workers that a registration looks at to find one that gives way. */
    public static final int ROOM_LOOKS = 64;

    private static final long UNLIMITED = 1L << 50;

    public static final Bounds DEFAULTS = new Bounds(0, 20_000, 10_000, 1_024, 1_000_000, 0);

    public Bounds withMaxBytes(long bytes) {
      return new Bounds(
          bytes, maxWorkers, maxProjects, maxOrgCapabilitySets, maxKeys, maxWorkersPerKey);
    }

    public int workersOfAKey() {
      return maxWorkersPerKey == 0 ? maxWorkers - maxWorkers / 4 : maxWorkersPerKey;
    }

    public long maxWorkBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes - maxBytes / 10;
    }

    public long maxAllBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes;
    }

    /** Bytes above which sweeps cut retention short. */
    public long pressedBytes() {
      return maxBytes == 0 ? UNLIMITED : maxBytes / 10 * 7;
    }
  }

  /** {@code config.yml} as shipped. */
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
          60_000,
          Tries.DEFAULTS,
          Kept.DEFAULTS,
          Bounds.DEFAULTS);

  public Rules withDefaults(long defaultMaxWaiting, long defaultMaxEnded, long defaultMaxBytes) {
    return with(
        maxWaiting == 0 ? defaultMaxWaiting : maxWaiting,
        kept.with(kept.maxEnded == 0 ? defaultMaxEnded : kept.maxEnded, kept.maxLogged),
        bounds.maxBytes == 0 ? bounds.withMaxBytes(defaultMaxBytes) : bounds);
  }

  /** For a store whose other nodes don't know the event log. */
  public Rules withoutLog() {
    return with(maxWaiting, kept.with(kept.maxEnded, 0), bounds);
  }

  private Rules with(long mostWaiting, Kept otherKept, Bounds otherBounds) {
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
        mostWaiting,
        maxBatch,
        upgradeMs,
        tries,
        otherKept,
        otherBounds);
  }

  /** A longer gap between two sweeps is an outage, in which nothing expires. */
  public long outageGapMs() {
    return leaseMs / 10;
  }

  /** Age at which a normal message goes before younger urgent ones in {@code Sessions.refresh}. */
  public long normalPatienceMs() {
    return 5 * visibilityMs;
  }

  /**
   * Returns the back-off of a session for a worker. It doubles with each nack by that worker.
   *
   * @param nacks from 1
   */
  public long nackBackoffMs(int nacks) {
    double doubled = nackBackoffMs * Math.pow(2, nacks - 1);
    return Math.max(nackBackoffMs, (long) Math.min(LONGEST_NACK_BACKOFF_MS, doubled));
  }

  public long acceptMs(Dialect dialect) {
    return dialect == Dialect.GO_DAEMON ? acceptGoDaemonMs : acceptMs;
  }

  /**
   * Number of normal messages in a read: the places left by urgent ones, at least {@link
   * #normalShare()}, so that they never starve.
   */
  public int normalTaken(int urgentWaiting, int normalWaiting) {
    return Math.min(normalWaiting, Math.max(normalShare, messagesPerRead - urgentWaiting));
  }
}
