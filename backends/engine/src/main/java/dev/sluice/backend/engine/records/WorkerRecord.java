package dev.sluice.backend.engine.records;

import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Registration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker said of itself, and what is held against it; changes seldom.
 *
 * @param registration as of its last heartbeat
 * @param registeredAtMs epoch ms
 * @param drained whether an operator drains it
 * @param noShows missed poll answers since its last acceptance or quarantine
 * @param quarantinedUntilMs until when it gets no work for these, epoch ms; 0 for never
 * @param retired whether a later worker of its machine has taken its place: it goes with its last
 *     claim
 * @param quarantines how many in a row, without an acceptance between them
 */
public record WorkerRecord(
    Registration registration,
    long registeredAtMs,
    boolean drained,
    int noShows,
    long quarantinedUntilMs,
    boolean retired,
    int quarantines) {

  /** Newly registered. */
  public WorkerRecord(Registration registration, long registeredAtMs) {
    this(registration, registeredAtMs, false, 0, 0, false, 0);
  }

  /** The worker's id. */
  public String id() {
    return registration.workerId();
  }

  /** With what a heartbeat says; null leaves it. Itself, if nothing is new. */
  public WorkerRecord with(@Nullable Integer capacity, @Nullable Boolean draining) {
    int newCapacity = capacity == null ? registration.capacity() : capacity;
    boolean newDraining = draining == null ? registration.draining() : draining;
    return newCapacity == registration.capacity() && newDraining == registration.draining()
        ? this
        : said(registration.dialect(), newCapacity, newDraining);
  }

  /** Found to speak another dialect than it registered with. Itself, if it is the same. */
  public WorkerRecord speaking(Dialect dialect) {
    return dialect == registration.dialect()
        ? this
        : said(dialect, registration.capacity(), registration.draining());
  }

  /** Drained by an operator, or not. */
  public WorkerRecord drained(boolean drain) {
    return new WorkerRecord(
        registration, registeredAtMs, drain, noShows, quarantinedUntilMs, retired, quarantines);
  }

  /** With nothing held against it. */
  public WorkerRecord trusted() {
    return new WorkerRecord(registration, registeredAtMs, drained, 0, 0, retired, 0);
  }

  /** After an acceptance. Itself, if nothing was held against it. */
  public WorkerRecord accepted() {
    return noShows == 0 && quarantines == 0
        ? this
        : new WorkerRecord(
            registration, registeredAtMs, drained, 0, quarantinedUntilMs, retired, 0);
  }

  /** With so many missed poll answers. */
  public WorkerRecord withNoShows(int count) {
    return new WorkerRecord(
        registration, registeredAtMs, drained, count, quarantinedUntilMs, retired, quarantines);
  }

  /** Kept from work until then. */
  public WorkerRecord quarantined(long untilMs) {
    return new WorkerRecord(
        registration, registeredAtMs, drained, 0, untilMs, retired, quarantines + 1);
  }

  /** Kept from work until then at most. */
  public WorkerRecord quarantinedAtMost(long untilMs) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        noShows,
        Math.min(quarantinedUntilMs, untilMs),
        retired,
        quarantines);
  }

  /** Followed by a later one of its machine. */
  public WorkerRecord retire() {
    return new WorkerRecord(
        registration, registeredAtMs, drained, noShows, quarantinedUntilMs, true, quarantines);
  }

  private WorkerRecord said(Dialect dialect, int capacity, boolean draining) {
    return new WorkerRecord(
        new Registration(
            registration.workerId(),
            registration.registeredBy(),
            dialect,
            registration.hostname(),
            capacity,
            registration.projects(),
            registration.capabilities(),
            draining,
            registration.machineId(),
            registration.details()),
        registeredAtMs,
        drained,
        noShows,
        quarantinedUntilMs,
        retired,
        quarantines);
  }
}
