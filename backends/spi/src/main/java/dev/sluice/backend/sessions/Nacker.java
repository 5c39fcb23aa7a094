package dev.sluice.backend.sessions;

/**
 * A worker that nacked a session since it last ran.
 *
 * @param nacks how often
 * @param untilMs end of the back-off that keeps the session from it, epoch ms; 0 once over
 */
public record Nacker(String workerId, int nacks, long untilMs) {

  public boolean keptAway() {
    return untilMs > 0;
  }
}
