package dev.sluice.backend.hazelcast.state;

import dev.sluice.backend.Registration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker said of itself, and what is held against it; changes seldom.
 *
 * @param registration as of its last heartbeat
 * @param registeredAtMs epoch ms
 * @param drained whether an operator drains it
 * @param noShows how many claims in a row it didn't accept
 * @param quarantinedUntilMs until when it gets no work for these, epoch ms; 0 for never
 */
public record WorkerRecord(
    Registration registration,
    long registeredAtMs,
    boolean drained,
    int noShows,
    long quarantinedUntilMs) {

  /** The worker's id. */
  public String id() {
    return registration.workerId();
  }

  /** With what a heartbeat says; null leaves it. Itself, if nothing is new. */
  public WorkerRecord with(@Nullable Integer capacity, @Nullable Boolean draining) {
    int newCapacity = capacity == null ? registration.capacity() : capacity;
    boolean newDraining = draining == null ? registration.draining() : draining;
    if (newCapacity == registration.capacity() && newDraining == registration.draining()) {
      return this;
    }
    return new WorkerRecord(
        new Registration(
            registration.workerId(),
            registration.registeredBy(),
            registration.dialect(),
            registration.hostname(),
            newCapacity,
            registration.projects(),
            registration.capabilities(),
            newDraining,
            registration.machineId(),
            registration.details()),
        registeredAtMs,
        drained,
        noShows,
        quarantinedUntilMs);
  }

  /** Drained by an operator, or not. */
  public WorkerRecord drained(boolean drain) {
    return new WorkerRecord(registration, registeredAtMs, drain, noShows, quarantinedUntilMs);
  }

  /** With nothing held against it. */
  public WorkerRecord trusted() {
    return new WorkerRecord(registration, registeredAtMs, drained, 0, 0);
  }

  /** With so many claims in a row that it didn't accept. */
  public WorkerRecord withNoShows(int count) {
    return new WorkerRecord(registration, registeredAtMs, drained, count, quarantinedUntilMs);
  }

  /** Kept from work until then. */
  public WorkerRecord quarantined(long untilMs) {
    return new WorkerRecord(registration, registeredAtMs, drained, 0, untilMs);
  }
}
