package dev.sluice.backend.workers;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The worker's side: protocol 3.1 to 3.7. */
public interface Workers {

  /**
   * Stores a new worker under its new id and starts its lease. Atomic; the same again (same id)
   * answers the stored record.
   *
   * <p>Retires, in the same step, an earlier worker of the same {@link Registration#machineId()}
   * and credential: while it holds claims, or sessions being stopped, it gets messages only, as if
   * draining; with the last of them, and at once where it has none, its record is deleted. Its
   * claims come back by its lease alone. What it lost by time may still be transferred from it.
   *
   * @throws RefusedException {@link Refusal#REVOKED} if its credential was revoked
   */
  Decided<Worker> register(String org, Registration registration);

  /**
   * Renews the lease, notes what the worker says of itself, and answers the number of items waiting
   * in the org. Protocol 3.3. Work already returned to the queue stays there.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER}
   */
  Decided<Long> heartbeat(WorkerRef worker, Heartbeat heartbeat);

  /**
   * Protocol 3.5, in one atomic step: renews the lease; then, for every free slot (capacity minus
   * active set) up to the maximum, takes the best waiting item among the open buckets of the
   * worker's projects and capabilities, by {@link Score} and then id, and records claim, token,
   * accept deadline, state and active-set entry; and offers the unread messages of its active
   * sessions, and jobs of the {@link BatchLane}.
   *
   * <p>A draining or quarantined worker, and one with {@link Rules#maxReturns()} standing nacks,
   * gets messages only; so does one that is retired. Work that the worker nacked is passed over
   * until its back-off is over. A damaged record at the head of a bucket hides that bucket alone,
   * and health names it. An item that another worker must take never hides one that this worker
   * may.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER}
   */
  Decided<PollResult> poll(PollRequest request);

  /**
   * A worker's record. Also that of a worker whose credential was revoked.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER}
   */
  Decided<Worker> find(WorkerRef worker);

  /**
   * The org's workers by registration time and id.
   *
   * @param cursor where the page before ended, or null
   * @param limit 1 to {@link Page#MAX}
   */
  Decided<Page<Worker>> list(String org, @Nullable Cursor cursor, int limit);

  /**
   * An operator's drain: the worker gets messages only until undrained, whatever it says of itself.
   * Undraining lifts a quarantine and forgets its no-shows too. What is in force already changes
   * nothing of the worker.
   *
   * @param note for the audit line, which is left in the same step; null for what a worker's own
   *     registration asks for, which leaves none
   * @return the record after it
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER}
   */
  Decided<Worker> drain(String org, String workerId, boolean drain, @Nullable AuditNote note);

  /**
   * Deletes a worker. Its claims return to the queue in the same step, with their original score
   * and nothing counted; sessions it was stopping are released. Its late calls about them are
   * refused.
   *
   * @param note for the audit line, which is left in the same step; null for the worker itself,
   *     which leaves none
   * @return ids of the sessions that left it for the queue, sorted by bytes
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER}; {@link Refusal#DAMAGED} if a record of
   *     its sessions can't be read
   */
  Decided<List<String>> deregister(WorkerRef worker, @Nullable AuditNote note);
}
