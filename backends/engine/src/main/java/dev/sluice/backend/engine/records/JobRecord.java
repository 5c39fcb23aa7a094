package dev.sluice.backend.engine.records;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.BatchJob.State;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BatchJob} without its item.
 *
 * @param seq of the enqueue, the order of waiting jobs
 * @param offeredUntilMs epoch ms; 0 unless offered
 * @param held true while the record of the worker it was offered to is the one of the offer; only
 *     then can a poll deliver the job
 */
@RecordBuilder
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
    long bytes)
    implements JobRecordBuilder.With {

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
    return with(
        job ->
            job.state(State.OFFERED)
                .offers(offers + 1)
                .workerId(worker)
                .updatedAtMs(nowMs)
                .offeredUntilMs(untilMs)
                .held(true));
  }

  public JobRecord offeredAtMost(long untilMs) {
    return withOfferedUntilMs(Math.min(offeredUntilMs, untilMs));
  }

  /** The worker whose next poll delivers the job. */
  public @Nullable String holder() {
    return held ? workerId : null;
  }

  public JobRecord withoutHolder() {
    return withHeld(false);
  }

  /** Returns the job to its old place. */
  public JobRecord waitAgain(long nowMs) {
    return at(State.WAITING, nowMs);
  }

  public JobRecord delivered(long nowMs) {
    return at(State.DELIVERED, nowMs);
  }

  public JobRecord die(long nowMs) {
    return at(State.DEAD, nowMs);
  }

  public BatchJob show(String json) {
    return new BatchJob(id, state, offers, workerId, createdAtMs, updatedAtMs, json);
  }

  private JobRecord at(State to, long nowMs) {
    return with(job -> job.state(to).updatedAtMs(nowMs).offeredUntilMs(0).held(false));
  }
}
