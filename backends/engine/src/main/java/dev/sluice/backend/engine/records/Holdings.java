package dev.sluice.backend.engine.records;

/**
 * What a worker says that it runs, beside its claims.
 *
 * @param quarantined sessions that take slots without a claim
 * @param shortMs time of the last heartbeat if that counted fewer sessions than the worker has
 *     claims, epoch ms; else 0
 * @param shortAccepted accepted claims at that time
 */
public record Holdings(int quarantined, long shortMs, int shortAccepted) {

  public static final Holdings NONE = new Holdings(0, 0, 0);

  public Holdings quarantined(int count) {
    return new Holdings(count, shortMs, shortAccepted);
  }

  public Holdings shortAt(long timeMs, int accepted) {
    return new Holdings(quarantined, timeMs, accepted);
  }
}
