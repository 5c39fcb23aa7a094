package dev.sluice.backend.sessions;

/**
 * A worker that nacked a session since it last ran.
 *
 * @param nacks how often
 * @param untilMs end of the back-off that keeps the session from it, epoch ms; 0 once over
 * @param denied true if it said that the session can run nowhere
 */
public record Nacker(String workerId, int nacks, long untilMs, boolean denied) {

  public Nacker(String workerId, int nacks, long untilMs) {
    this(workerId, nacks, untilMs, false);
  }

  public boolean keptAway() {
    return untilMs > 0;
  }
}
