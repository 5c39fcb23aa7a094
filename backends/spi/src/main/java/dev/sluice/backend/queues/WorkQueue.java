package dev.sluice.backend.queues;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The producer's side, and the order of hand-out. Calls on a session refuse as those of {@link
 * dev.sluice.backend.sessions.Sessions}.
 */
public interface WorkQueue {

  /**
   * Enqueues items, in order: docs/rules.md, "Enqueue" and "Idempotency". Each item is atomic and
   * has its own result: enqueued; a repeat of equal content, which changes nothing; or refused with
   * {@link Refusal#CONFLICT} (the id has other content, live or ended), {@link Refusal#QUEUE_FULL},
   * {@link Refusal#STORE_FULL}, {@link Refusal#TOO_MANY_PROJECTS}, {@link
   * Refusal#TOO_MANY_CAPABILITY_SETS}, {@link Refusal#DAMAGED} or {@link Refusal#KEY_REUSED}. May
   * be repeated as a whole. The sequence number is that of the last item.
   */
  List<Enqueued> enqueue(String org, List<NewWork> items);

  /** Kept up to date, never counted. */
  Counts counts(String org);

  Standing standing(String org, String sessionId);

  /**
   * Waiting work of a project.
   *
   * @param place {@link Place#READY} for all in the order of hand-out, returned work too; {@link
   *     Place#RETURNED} or {@link Place#PARKED}, by score and id; {@link Place#LATER}, by time and
   *     id
   * @throws IllegalArgumentException for another place
   */
  Page<Session> list(String org, String project, Place place, @Nullable Cursor cursor, int limit);

  /**
   * {@link #list} with reasons for waiting, without items; cursors are the same.
   *
   * @throws IllegalArgumentException for another place
   */
  Page<Standing> standings(
      String org, String project, Place place, @Nullable Cursor cursor, int limit);

  /**
   * Changes the priority of waiting work, and its score in the same step. Changes nothing if both
   * are equal.
   *
   * @param priority 1..9
   * @throws RefusedException {@link Refusal#WRONG_STATE} unless waiting
   */
  Session reprioritise(String org, String sessionId, int priority, AuditNote note);

  /**
   * Puts waiting work before all other, also before work put there earlier ({@link Score#front}).
   * It stays there after a nack; a new priority moves it.
   *
   * @throws RefusedException as {@link #reprioritise}
   */
  Session front(String org, String sessionId, AuditNote note);

  /** Counts as {@code StoredBytes}. */
  long storedBytes(String org);
}
