package dev.sluice.backend.engine.records;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchJob.State;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of a job of the batch lane but its item. See {@link BatchJob} for what is not
 * said here.
 *
 * @param item names its item among those stored under its id
 * @param seq sequence number of the change that added it: its place among those that wait
 * @param offeredUntilMs when its offer ends, epoch ms; 0 unless it is offered
 * @param held whether the worker it is offered to may still say that it has it: its record is the
 *     one that was there at the offer
 * @param bytes what it counts, {@link dev.sluice.backend.StoredBytes}
 */
public record JobRecord(
    String id,
    String contentHash,
    long item,
    long seq,
    State state,
    int offers,
    @Nullable String workerId,
    long createdAtMs,
    long updatedAtMs,
    long offeredUntilMs,
    boolean held,
    long bytes) {

  /** Bytes that lack one of these make no job. */
  public JobRecord {
    requireNonNull(id);
    requireNonNull(contentHash);
    requireNonNull(state);
  }

  /** Just added. */
  public static JobRecord added(
      String id, String contentHash, long item, long bytes, long seq, long nowMs) {
    return new JobRecord(
        id, contentHash, item, seq, State.WAITING, 0, null, nowMs, nowMs, 0, false, bytes);
  }

  /** Whether it is over. */
  public boolean over() {
    return state == State.DELIVERED || state == State.DEAD;
  }

  /** With a worker that asked for jobs, which has until then to poll again. */
  public JobRecord offered(String worker, long untilMs, long nowMs) {
    return at(State.OFFERED, offers + 1, worker, nowMs, untilMs, true);
  }

  /** Offered until then at most. */
  public JobRecord offeredAtMost(long untilMs) {
    return new JobRecord(
        id,
        contentHash,
        item,
        seq,
        state,
        offers,
        workerId,
        createdAtMs,
        updatedAtMs,
        Math.min(offeredUntilMs, untilMs),
        held,
        bytes);
  }

  /** The worker that can say that it has it; null for none. */
  public @Nullable String holder() {
    return held ? workerId : null;
  }

  /** Still offered, although the record of its worker goes. */
  public JobRecord withoutHolder() {
    return at(state, offers, workerId, updatedAtMs, offeredUntilMs, false);
  }

  /** For the next worker, in its old place. */
  public JobRecord waitsAnew(long nowMs) {
    return at(State.WAITING, offers, workerId, nowMs, 0, false);
  }

  /** Its worker had it. */
  public JobRecord delivered(long nowMs) {
    return at(State.DELIVERED, offers, workerId, nowMs, 0, false);
  }

  /** Given up on. */
  public JobRecord die(long nowMs) {
    return at(State.DEAD, offers, workerId, nowMs, 0, false);
  }

  /** As the contract shows it. */
  public BatchJob show(String json) {
    return new BatchJob(id, state, offers, workerId, createdAtMs, updatedAtMs, json);
  }

  private JobRecord at(
      State to,
      int newOffers,
      @Nullable String worker,
      long updated,
      long offeredUntil,
      boolean isHeld) {
    return new JobRecord(
        id,
        contentHash,
        item,
        seq,
        to,
        newOffers,
        worker,
        createdAtMs,
        updated,
        offeredUntil,
        isHeld,
        bytes);
  }
}
