package dev.sluice.backend.workers;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The worker's side. Calls on a worker refuse an unknown one, {@link Refusal#UNKNOWN_WORKER}. Notes
 * are for the audit line, written in the same step; null for none.
 */
public interface Workers {

  /**
   * Registers a worker, starts its lease, and retires earlier workers of the same {@link
   * Registration#machineId()} and credential. A repeat with the same id returns the stored record.
   *
   * @throws RefusedException {@link Refusal#REVOKED}
   */
  Worker register(String org, Registration registration);

  /** Renews the lease and records the heartbeat: docs/rules.md, "Lost answers" and "Holdings". */
  HeartbeatResult heartbeat(WorkerRef worker, Heartbeat heartbeat);

  /**
   * Polls in one atomic step: docs/rules.md, "Poll". Work for other workers never hides work for
   * this one; a damaged record at the head of a bucket hides that bucket only.
   */
  PollResult poll(PollRequest request);

  /** Finds a worker, also with a revoked credential. */
  Worker find(WorkerRef worker);

  /** Lists by registration time and id. */
  Page<Worker> list(String org, @Nullable Cursor cursor, int limit);

  /**
   * Drains a worker by an operator: docs/rules.md, "Register, heartbeat, sign of life". Repeats
   * change nothing.
   *
   * @param note null for a worker's own registration
   */
  Worker drain(String org, String workerId, boolean drain, @Nullable AuditNote note);

  /**
   * Sets an operator's note, for people alone, deleted with the worker's record. The same note
   * changes nothing.
   *
   * @param text see {@link AuditNote#problem}; empty to remove the note
   */
  Worker setNote(String org, String workerId, String text, AuditNote note);

  long LONGEST_PROTECTION_MS = 7L * 24 * 3_600_000;

  /** Returns the problem of a protection's end; null if valid. */
  static @Nullable String protectionProblem(long untilMs, long nowMs) {
    if (untilMs <= nowMs) {
      return "must be in the future";
    }
    return untilMs - nowMs > LONGEST_PROTECTION_MS ? "must be within 7 days" : null;
  }

  /**
   * Protects a worker from scale-in: docs/rules.md, "Register, heartbeat, sign of life". Replaces
   * an earlier protection. The same one changes nothing.
   *
   * @param untilMs epoch ms; 0 ends the protection
   * @throws RefusedException {@link Refusal#UPGRADING} while a member of an older build takes part
   */
  Worker protect(String org, String workerId, long untilMs, AuditNote note);

  /**
   * Deletes a worker: docs/rules.md, "Deregister". Its later calls about its sessions are refused.
   *
   * @param note null for the worker itself
   * @return requeued sessions, sorted by bytes
   * @throws RefusedException {@link Refusal#DAMAGED} if one of its sessions can't be read
   */
  List<String> deregister(WorkerRef worker, @Nullable AuditNote note);
}
