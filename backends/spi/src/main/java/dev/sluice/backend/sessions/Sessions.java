package dev.sluice.backend.sessions;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions after their enqueue. Calls on a session refuse an unknown one ({@link
 * Refusal#UNKNOWN_SESSION}) and an unreadable record ({@link Refusal#DAMAGED}).
 *
 * <p>{@link #report}, {@link #touch}, {@link #refresh} and {@link #addActivity} answer rows, which
 * are sessions without their items: the owner has the item.
 */
public interface Sessions {

  /** A live or ended session as one consistent record. */
  Session find(String org, String sessionId);

  Session findPublic(String org, String publicId);

  /**
   * Sessions that no longer wait; for others see {@code WorkQueue.list}.
   *
   * @param place {@link Place#CLAIMED}, the longest claimed first; {@link Place#ENDED} or {@link
   *     Place#DEAD}, the latest end first; ties by the bytes of ids in that direction
   * @throws IllegalArgumentException for another place
   */
  Page<Session> list(String org, Place place, @Nullable Cursor cursor, int limit);

  /**
   * {@link #list} without items; cursors are the same.
   *
   * @param project null for all
   * @param place as {@link #list}; ended sessions only for the whole org
   * @throws IllegalArgumentException for another place
   */
  Page<Session> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit);

  /**
   * Claimed sessions in short, also those being stopped, the longest claimed first. Ten thousand
   * take ten calls.
   *
   * @param project null for all
   */
  Page<Claim> claims(String org, @Nullable String project, @Nullable Cursor cursor, int limit);

  /**
   * The names of sessions in any place, in the order of the ids. Leaves out unknown and unreadable
   * ones, and all while a member of an older build takes part in a cluster.
   *
   * @param ids at most {@link Page#MAX}, each once
   */
  List<Headline> headlines(String org, List<String> ids);

  /**
   * Tells where sessions are and in which state, in the order of the ids. Leaves out unknown and
   * unreadable ones.
   *
   * @param ids at most {@link Page#MAX}, each once
   * @throws RefusedException {@link Refusal#UPGRADING} while a member of an older build takes part
   *     in a cluster
   */
  List<Stage> stages(String org, List<String> ids);

  /**
   * Rows of the sessions in any place whose issue identifier is this, ignoring the case of ASCII
   * letters, by the bytes of their ids: docs/rules.md, "Work of an issue". None while a member of
   * an older build takes part in a cluster.
   *
   * @param limit a page may have fewer, also if more follow
   */
  Page<Session> ofIssue(String org, String issueIdentifier, @Nullable Cursor cursor, int limit);

  /**
   * Claims by name under the rules of a poll. Idempotent for the owner. Renews the worker's lease,
   * but doesn't accept the claim: docs/rules.md, "Claim by name".
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER}
   */
  ClaimResult claim(String org, String sessionId, WorkerRef worker);

  /**
   * Applies a status report by {@link SessionState#onReport}: docs/rules.md, "Report". An end has
   * all its effects (claim, slot, issue, cap, cost, inbox) in the same step and once.
   *
   * @throws RefusedException {@link Refusal#NOT_OWNER} also for an older token, and for all but the
   *     last owner of an ended session; {@link Refusal#CONFLICT} for another body of the {@link
   *     StatusReport#attempt()}
   */
  StatusResult report(String org, String sessionId, Holder holder, StatusReport report);

  /**
   * An owner's sign of life for a session: docs/rules.md, "Who owns a session".
   *
   * @throws RefusedException {@link Refusal#NOT_OWNER}
   */
  Session touch(String org, String sessionId, Holder holder);

  /**
   * A {@link #touch} that tells the worker whether to stop, and delivers messages to a {@link
   * Dialect#GO_DAEMON} worker: docs/rules.md, "Touch, refresh, activity".
   *
   * @throws RefusedException as {@link #touch}
   */
  LockState refresh(String org, String sessionId, Holder holder, RefreshRequest request);

  /**
   * A {@link #touch} that adds an activity; the latest {@code Rules.Kept.activities} are kept.
   * Works for ended sessions too, whose fields don't change.
   *
   * @throws RefusedException as {@link #touch}
   */
  ActivityResult addActivity(String org, String sessionId, Holder holder, NewActivity activity);

  /**
   * The oldest first. {@link Page#MAX_BYTES} may cut the list short: only an empty list is the end.
   *
   * @param afterId exclusive; 0 for all
   */
  List<Activity> activities(String org, String sessionId, long afterId, int limit);

  /** The latest {@code Rules.Kept.events} lines, the oldest first. */
  List<Event> timeline(String org, String sessionId);

  /**
   * Returns a claimed session to the queue: docs/rules.md, "Nack".
   *
   * @param denied true if its worker says that it can run nowhere: it dies once a second worker
   *     says so
   * @return false if an earlier nack of this worker returned it and it still waits
   * @throws RefusedException {@link Refusal#NOT_OWNER}; {@link Refusal#WRONG_STATE} if running or
   *     ended
   */
  boolean nack(
      String org, String sessionId, Holder holder, @Nullable NackReason reason, boolean denied);

  default boolean nack(String org, String sessionId, Holder holder, @Nullable NackReason reason) {
    return nack(org, sessionId, holder, reason, false);
  }

  /**
   * Takes back claims of a poll that the worker didn't get, in one atomic step: docs/rules.md,
   * "Give back". May be repeated.
   *
   * @param workerId its record may be gone
   * @param tokens by session
   * @return sessions that left the worker, dead ones too, sorted by bytes
   */
  List<String> giveBack(String org, String workerId, Map<String, Long> tokens);

  /**
   * Hands a claim over to another worker: docs/rules.md, "Transfer".
   *
   * @param oldWorkerId the owner, or the worker that lost it; while its record exists the caller
   *     must be allowed to act for it
   * @param speaksForOld true if the caller may speak for the old worker; else that one must be
   *     gone, retired or silent
   * @throws RefusedException {@link Refusal#UNKNOWN_WORKER} for the new one; {@link
   *     Refusal#NOT_OWNER} if the old one isn't the owner, or still works; {@link
   *     Refusal#WRONG_STATE} if stopped or ended
   */
  Session transfer(
      String org, String sessionId, String oldWorkerId, WorkerRef worker, boolean speaksForOld);

  /**
   * Stops a session: docs/rules.md, "Stop".
   *
   * @param from expected places, or {@link Place#ANY}: protects a session that another caller has
   *     just moved
   * @throws RefusedException {@link Refusal#WRONG_STATE} in another place
   */
  StopResult stop(
      String org, String sessionId, StopMessage message, Set<Place> from, AuditNote note);

  /**
   * Requeues a session with item and score: docs/rules.md, "Requeue".
   *
   * @param from as {@link #stop}
   * @throws RefusedException {@link Refusal#WRONG_STATE} in another place, waiting or being
   *     stopped; for an ended one {@link Refusal#QUEUE_FULL} and {@link
   *     Refusal#TOO_MANY_CAPABILITY_SETS}
   */
  Session requeue(String org, String sessionId, Set<Place> from, AuditNote note);
}
