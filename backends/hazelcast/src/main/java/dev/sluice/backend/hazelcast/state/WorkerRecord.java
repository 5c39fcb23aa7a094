package dev.sluice.backend.hazelcast.state;

import dev.sluice.backend.Registration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker said of itself; changes seldom.
 *
 * @param registration as of its last heartbeat
 * @param registeredAtMs epoch ms
 */
public record WorkerRecord(Registration registration, long registeredAtMs) {

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
            registration.details()),
        registeredAtMs);
  }
}
