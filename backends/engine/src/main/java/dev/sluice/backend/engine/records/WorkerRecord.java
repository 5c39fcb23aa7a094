package dev.sluice.backend.engine.records;

import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link dev.sluice.backend.workers.Worker} that changes seldom.
 *
 * @param registration as of the last heartbeat
 * @param quarantinedUntilMs epoch ms; 0 for none yet
 * @param quarantines number in a row without an acceptance
 */
public record WorkerRecord(
    Registration registration,
    long registeredAtMs,
    boolean drained,
    int noShows,
    long quarantinedUntilMs,
    boolean retired,
    int quarantines,
    @Nullable String note) {

  public WorkerRecord(Registration registration, long registeredAtMs) {
    this(registration, registeredAtMs, false, 0, 0, false, 0, null);
  }

  public String id() {
    return registration.workerId();
  }

  /** Keeps a value for null. Returns this record if nothing changes. */
  public WorkerRecord with(@Nullable Integer capacity, @Nullable Boolean draining) {
    int newCapacity = capacity == null ? registration.capacity() : capacity;
    boolean newDraining = draining == null ? registration.draining() : draining;
    return newCapacity == registration.capacity() && newDraining == registration.draining()
        ? this
        : said(registration.dialect(), newCapacity, newDraining);
  }

  /** Returns this record if it is the same. */
  public WorkerRecord speaking(Dialect dialect) {
    return dialect == registration.dialect()
        ? this
        : said(dialect, registration.capacity(), registration.draining());
  }

  public WorkerRecord drained(boolean drain) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drain,
        noShows,
        quarantinedUntilMs,
        retired,
        quarantines,
        note);
  }

  /** Forgets no-shows and quarantines. */
  public WorkerRecord trusted() {
    return new WorkerRecord(registration, registeredAtMs, drained, 0, 0, retired, 0, note);
  }

  /** Forgets no-shows. Returns this record if there are none. */
  public WorkerRecord accepted() {
    return noShows == 0 && quarantines == 0
        ? this
        : new WorkerRecord(
            registration, registeredAtMs, drained, 0, quarantinedUntilMs, retired, 0, note);
  }

  public WorkerRecord withNoShows(int count) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        count,
        quarantinedUntilMs,
        retired,
        quarantines,
        note);
  }

  public WorkerRecord quarantined(long untilMs) {
    return new WorkerRecord(
        registration, registeredAtMs, drained, 0, untilMs, retired, quarantines + 1, note);
  }

  public WorkerRecord quarantinedAtMost(long untilMs) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        noShows,
        Math.min(quarantinedUntilMs, untilMs),
        retired,
        quarantines,
        note);
  }

  public WorkerRecord retire() {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        noShows,
        quarantinedUntilMs,
        true,
        quarantines,
        note);
  }

  public WorkerRecord withNote(@Nullable String text) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        noShows,
        quarantinedUntilMs,
        retired,
        quarantines,
        text);
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
        quarantines,
        note);
  }
}
