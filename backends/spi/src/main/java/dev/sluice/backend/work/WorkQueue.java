package dev.sluice.backend.work;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The producer's side, protocol section 5, and the order of hand-out. */
public interface WorkQueue {

  /**
   * Enqueues items, in order. Each item is atomic by itself and has its own result, in the order
   * given: enqueued, a repeat of the same content (answers the present state, changes nothing), or
   * refused with {@link Refusal#CONFLICT} (the id is taken by other content, live or ended), {@link
   * Refusal#QUEUE_FULL}, {@link Refusal#STORE_FULL}, {@link Refusal#TOO_MANY_PROJECTS}, {@link
   * Refusal#TOO_MANY_CAPABILITY_SETS} or {@link Refusal#DAMAGED}. Safe to repeat as a whole. The
   * number answered is that of the last item.
   *
   * <p>Before all else an item's {@link Idempotency} is looked at: what was answered to it before
   * is answered again, whatever became of the session, or it is refused with {@link
   * Refusal#KEY_REUSED}.
   */
  Decided<List<Enqueued>> enqueue(String org, List<NewWork> items);

  /** How many sessions of the org stand in each place. Counts are kept, not computed. */
  Decided<Counts> counts(String org);

  /**
   * Where a session stands and why.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}, {@link Refusal#DAMAGED}
   */
  Decided<Standing> standing(String org, String sessionId);

  /**
   * The waiting work of a project.
   *
   * @param place {@link Place#READY} for all in the order of hand-out, returned work too, {@link
   *     Place#RETURNED} for that alone, and {@link Place#PARKED}, these by score and id; or {@link
   *     Place#LATER}, by time and id
   * @param cursor where the page before ended, or null
   * @param limit 1 to {@link Page#MAX}
   * @throws IllegalArgumentException for another place
   */
  Decided<Page<Session>> list(
      String org, String project, Place place, @Nullable Cursor cursor, int limit);

  /**
   * The same, each with what says why it waits, without their items, which may be large.
   *
   * @param place as in {@link #list}
   * @param cursor where the page before ended, or null; both lists know the same ones
   * @param limit 1 to {@link Page#MAX}
   * @throws IllegalArgumentException for another place
   */
  Decided<Page<Standing>> standings(
      String org, String project, Place place, @Nullable Cursor cursor, int limit);

  /**
   * Gives waiting work another priority: its score is made anew from it and its enqueue time. A
   * change of the best goes with it in the same step. The same priority again, where its
   * score is already that of it, changes nothing of the session.
   *
   * @param priority 1..9
   * @param note for the audit line, which is left in the same step
   * @return the session after it
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#WRONG_STATE} unless it
   *     waits; {@link Refusal#DAMAGED}
   */
  Decided<Session> reprioritise(String org, String sessionId, int priority, AuditNote note);

  /**
   * Puts waiting work in front of all other, also of work put there before ({@link Score#front}). A
   * later nack keeps it there, a new priority takes it away.
   *
   * @param note for the audit line, which is left in the same step
   * @return the session after it
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#WRONG_STATE} unless it
   *     waits; {@link Refusal#DAMAGED}
   */
  Decided<Session> front(String org, String sessionId, AuditNote note);

  /** How many bytes are stored of an org, as {@link StoredBytes} counts them. */
  Decided<Long> storedBytes(String org);
}
