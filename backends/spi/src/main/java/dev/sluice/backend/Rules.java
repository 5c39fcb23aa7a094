package dev.sluice.backend;

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
 * @param maxCapabilitySets most distinct sets of required capabilities among an org's work
 * @param dueStep most due entries that one poll, or one step of a sweep, handles
 * @param exactPosition up to which position in the queue is counted exactly
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
    int exactPosition) {

  /** The values of {@code config.yml} as shipped. */
  public static final Rules DEFAULTS =
      new Rules(
          180_000, 300_000, 900_000, 90_000, 60_000, 30_000, 5, 10, 2, 1_000, 64, 64, 64, 10_000);

  /** A gap between two sweeps beyond this is an outage, in which nothing expires. */
  public long outageGapMs() {
    return leaseMs / 10;
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
