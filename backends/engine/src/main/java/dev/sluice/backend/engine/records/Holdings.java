package dev.sluice.backend.engine.records;

/**
 * What a worker says that it runs, beside its claims.
 *
 * @param quarantined sessions that take slots without a claim
 */
public record Holdings(int quarantined) {

  public static final Holdings NONE = new Holdings(0);

  public Holdings quarantined(int count) {
    return new Holdings(count);
  }
}
