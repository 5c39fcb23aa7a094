package dev.sluice.backend.engine.records;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchJob.State;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BatchJob} without its item.
 *
 * @param seq of the enqueue, the order of waiting jobs
 * @param offeredUntilMs epoch ms; 0 unless offered
 * @param held true while the record of the worker it was offered to is the one of the offer; only
 *     then can a poll deliver the job
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

  public JobRecord {
    requireNonNull(id);
    requireNonNull(contentHash);
    requireNonNull(state);
  }

  public static JobRecord added(
      String id, String contentHash, long item, long bytes, long seq, long nowMs) {
    return new JobRecord(
        id, contentHash, item, seq, State.WAITING, 0, null, nowMs, nowMs, 0, false, bytes);
  }

  /** Delivered or dead. */
  public boolean over() {
    return state == State.DELIVERED || state == State.DEAD;
  }

  /** The worker has until then to poll again. */
  public JobRecord offered(String worker, long untilMs, long nowMs) {
    return at(State.OFFERED, offers + 1, worker, nowMs, untilMs, true);
  }

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

  /** The worker whose next poll delivers the job. */
  public @Nullable String holder() {
    return held ? workerId : null;
  }

  public JobRecord withoutHolder() {
    return at(state, offers, workerId, updatedAtMs, offeredUntilMs, false);
  }

  /** Returns the job to its old place. */
  public JobRecord waitAgain(long nowMs) {
    return at(State.WAITING, offers, workerId, nowMs, 0, false);
  }

  public JobRecord delivered(long nowMs) {
    return at(State.DELIVERED, offers, workerId, nowMs, 0, false);
  }

  public JobRecord die(long nowMs) {
    return at(State.DEAD, offers, workerId, nowMs, 0, false);
  }

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
