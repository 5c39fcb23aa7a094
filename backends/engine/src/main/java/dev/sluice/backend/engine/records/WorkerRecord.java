package dev.sluice.backend.engine.records;

import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link dev.sluice.backend.workers.Worker} that changes seldom.
 *
 * @param registration as of the last heartbeat
 * @param quarantinedUntilMs epoch ms; 0 for none yet
 * @param quarantines number in a row without an acceptance
 * @param holdings as of the last heartbeat
 */
public record WorkerRecord(
    Registration registration,
    long registeredAtMs,
    boolean drained,
    int noShows,
    long quarantinedUntilMs,
    boolean retired,
    int quarantines,
    @Nullable String note,
    Holdings holdings) {

  public WorkerRecord {
    holdings = holdings == null ? Holdings.NONE : holdings; // older bytes
  }

  public WorkerRecord(Registration registration, long registeredAtMs) {
    this(registration, registeredAtMs, false, 0, 0, false, 0, null, Holdings.NONE);
  }

  public String id() {
    return registration.workerId();
  }

  /** Keeps a value for null. Returns this record if nothing changes. */
  public WorkerRecord with(Heartbeat heartbeat) {
    WorkerRecord said =
        said(
            registration.dialect(),
            heartbeat.capacity() == null ? registration.capacity() : heartbeat.capacity(),
            heartbeat.draining() == null ? registration.draining() : heartbeat.draining(),
            heartbeat.projects() == null ? registration.projects() : heartbeat.projects());
    Integer quarantined = heartbeat.quarantined();
    if (quarantined != null) {
      said = said.with(holdings.quarantined(quarantined));
    }
    return said.equals(this) ? this : said;
  }

  public WorkerRecord with(Holdings newHoldings) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        noShows,
        quarantinedUntilMs,
        retired,
        quarantines,
        note,
        newHoldings);
  }

  /** Slots for claims. */
  public int slots() {
    return Worker.slots(registration.capacity(), holdings.quarantined());
  }

  /** Returns this record if it is the same. */
  public WorkerRecord speaking(Dialect dialect) {
    return dialect == registration.dialect()
        ? this
        : said(dialect, registration.capacity(), registration.draining(), registration.projects());
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
        note,
        holdings);
  }

  /** Forgets no-shows and quarantines. */
  public WorkerRecord trusted() {
    return new WorkerRecord(
        registration, registeredAtMs, drained, 0, 0, retired, 0, note, holdings);
  }

  /** Forgets no-shows. Returns this record if there are none. */
  public WorkerRecord accepted() {
    return noShows == 0 && quarantines == 0
        ? this
        : new WorkerRecord(
            registration,
            registeredAtMs,
            drained,
            0,
            quarantinedUntilMs,
            retired,
            0,
            note,
            holdings);
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
        note,
        holdings);
  }

  public WorkerRecord quarantined(long untilMs) {
    return new WorkerRecord(
        registration,
        registeredAtMs,
        drained,
        0,
        untilMs,
        retired,
        quarantines + 1,
        note,
        holdings);
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
        note,
        holdings);
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
        note,
        holdings);
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
        text,
        holdings);
  }

  private WorkerRecord said(
      Dialect dialect, int capacity, boolean draining, List<String> projects) {
    return new WorkerRecord(
        new Registration(
            registration.workerId(),
            registration.registeredBy(),
            dialect,
            registration.hostname(),
            capacity,
            projects,
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
        note,
        holdings);
  }
}
