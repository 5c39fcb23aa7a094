package dev.sluice.backend.sessions;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.inbox.Inboxes;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.stops.StopResult;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.WorkQueue;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.WorkerRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to a session after its enqueue: protocol section 4 and section 7. */
public interface Sessions {

  /**
   * A session, live or ended, as one consistent record.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}, {@link Refusal#DAMAGED}
   */
  Decided<Session> find(String org, String sessionId);

  /**
   * The session that was enqueued with that other name, live or ended.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}, {@link Refusal#DAMAGED}
   */
  Decided<Session> findPublic(String org, String publicId);

  /**
   * The sessions of the org that no longer wait. Waiting ones are listed by project, {@link
   * WorkQueue#list}.
   *
   * @param place {@link Place#CLAIMED}, the longest claimed first; {@link Place#ENDED} or {@link
   *     Place#DEAD}, the latest end first; ties by the bytes of ids in the same direction
   * @param cursor where the page before ended, or null
   * @param limit 1 to {@link Page#MAX}
   * @throws IllegalArgumentException for another place
   */
  Decided<Page<Session>> list(String org, Place place, @Nullable Cursor cursor, int limit);

  /**
   * The same without their items, which may be large; of the whole org, or of one project.
   *
   * @param project whose; null for all
   * @param place as in {@link #list}; ended sessions are listed by org only
   * @param cursor where the page before ended, or null; both lists know the same ones
   * @param limit 1 to {@link Page#MAX}
   * @throws IllegalArgumentException for another place
   */
  Decided<Page<Session>> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit);

  /**
   * The claimed sessions, those being stopped too, the longest claimed first: as much of each as
   * tells how it fares, so that ten thousand can be looked over in ten calls.
   *
   * @param project whose; null for all of the org
   * @param cursor where the page before ended, or null
   * @param limit 1 to {@link Page#MAX}
   */
  Decided<Page<Claim>> claims(
      String org, @Nullable String project, @Nullable Cursor cursor, int limit);

  /**
   * Claims a session by name, protocol 4.1, under all the rules of a poll. Idempotent for the
   * owner. A sign of life of the worker, but no acceptance of the claim.
   *
   * @return the session, and why it isn't the worker's
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}, {@link Refusal#UNKNOWN_WORKER},
   *     {@link Refusal#DAMAGED}
   */
  Decided<ClaimResult> claim(String org, String sessionId, WorkerRef worker);

  /**
   * Applies a status report by {@link SessionState#onReport}, with all effects of an end (claim,
   * slot, issue, cap, cost, inbox) in the same step and once a session.
   *
   * <p>An accepted call is a sign of life: it renews the worker's lease and accepts the claim.
   * Within the grace of a stop, the owner's first finalizing or terminal report releases the slot,
   * also where it is answered as late or as a conflict. A session whose claim was lost by time, and
   * which still waits, is re-attached to its last owner first, with a new token and whatever the
   * worker's capacity. A terminal report that doesn't count is kept on the timeline.
   *
   * <p>The latest {@link StatusReport#attempt()} of a claim is kept: the same key with the same
   * body is a replay, which is answered by the same rules; with another body it is refused.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER} if the
   *     worker isn't its owner (of an ended session: wasn't), or names an older token; {@link
   *     Refusal#CONFLICT} for another body under the same attempt; {@link Refusal#DAMAGED}
   */
  Decided<StatusResult> report(String org, String sessionId, Holder holder, StatusReport report);

  /**
   * A sign of life of a session by its owner, protocol 4.9 to 4.11, with everything that it means:
   * lease, acceptance, re-attachment. Of an ended session only the worker's lease is renewed.
   *
   * @return the session after it
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER}; {@link
   *     Refusal#DAMAGED}
   */
  Decided<Session> touch(String org, String sessionId, Holder holder);

  /**
   * A {@link #touch} that also tells the worker whether to wind the session down, protocol 4.8.
   * Within the grace of a stop the first such call is told so, and the next releases the session:
   * who asks again has heard.
   *
   * <p>For a worker of {@link Dialect#GO_DAEMON} it carries messages, protocol 6.5, in the same
   * step: first what {@link RefreshRequest#ackedMessage()} names is acknowledged, as by {@link
   * Inboxes#ack} but in whichever lane it is; then nudges are acknowledged, since a refresh is all
   * that a nudge asks for; then, unless it must stop, one directive or hook result that isn't
   * hidden is offered and hidden for the visibility time-out. The oldest urgent one goes first; but
   * a normal one that is older than it and has waited for five visibility time-outs goes before it.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER}; {@link
   *     Refusal#DAMAGED}
   */
  Decided<LockState> refresh(String org, String sessionId, Holder holder, RefreshRequest request);

  /**
   * A {@link #touch} that leaves a line among the session's activities, of which the latest {@link
   * Rules.Kept#activities()} are kept. Also of an ended session, whose record's fields stay as they
   * are then.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER}; {@link
   *     Refusal#DAMAGED}
   */
  Decided<ActivityResult> addActivity(
      String org, String sessionId, Holder holder, NewActivity activity);

  /**
   * A session's activities, the oldest first. They may end before the limit, {@link
   * Page#MAX_BYTES}: more may follow the last one, but none follow an empty list.
   *
   * @param afterId only those with a greater id; 0 for all
   * @param limit 1 to {@link Page#MAX}
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#DAMAGED}
   */
  Decided<List<Activity>> activities(String org, String sessionId, long afterId, int limit);

  /**
   * A session's timeline, the oldest first; the latest {@link Rules.Kept#events()} lines.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#DAMAGED}
   */
  Decided<List<Event>> timeline(String org, String sessionId);

  /**
   * Gives a claimed session back, protocol 4.6: original item and score, kept from this worker for
   * the back-off, slot freed, counted apart from lost claims. Never re-attached afterwards.
   *
   * @param reason detail of the timeline's line, and the session's field {@code error} until its
   *     next claim, that of a dead letter too; null leaves both empty
   * @return true if it left the worker now; false if this worker's nack had returned it before and
   *     it still waits
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER}; {@link
   *     Refusal#WRONG_STATE} if it runs already or has ended; {@link Refusal#DAMAGED}
   */
  Decided<Boolean> nack(String org, String sessionId, Holder holder, @Nullable NackReason reason);

  /**
   * Takes back claims that their worker was never told of, since the answer that held them couldn't
   * be written. Each that is still that very claim, and neither accepted nor stopped, returns with
   * its original item and score, nothing counted, kept from nobody and never re-attached; one past
   * its deadline is dead. All others are left alone: so the same again changes nothing. No sign of
   * life. One atomic step.
   *
   * @param workerId whose claims they are; its record may be gone
   * @param tokens by session, the token of the claim
   * @return ids of the sessions that left the worker, the dead too, sorted by bytes
   */
  Decided<List<String>> giveBack(String org, String workerId, Map<String, Long> tokens);

  /**
   * Hands a claim over to another worker, protocol 4.7, with a new token, accepted, whatever the
   * capacity of the new one and the project's cap. A session lost by the old worker that could
   * re-attach to it is re-attached to the new one. One that the new worker holds already stays.
   *
   * @param oldWorkerId who owns it, or lost it; while its record exists the caller must be allowed
   *     to act for it as for the new one
   * @param worker the new owner
   * @param speaksForOld true if the caller may speak for the old worker; else that one must be
   *     gone, retired or silent past its lease
   * @return the session after it
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#UNKNOWN_WORKER} for
   *     the new one; {@link Refusal#NOT_OWNER} if the old one isn't its owner, or still works;
   *     {@link Refusal#WRONG_STATE} if it was stopped or has ended; {@link Refusal#DAMAGED}
   */
  Decided<Session> transfer(
      String org, String sessionId, String oldWorkerId, WorkerRef worker, boolean speaksForOld);

  /**
   * Stops a session. Waiting work ends as {@code stopped}. A claimed session becomes {@code
   * stopped} at once and is sent an urgent {@code stop}, the only message offered to it from then
   * on; claim and slot are released at the worker's first sign that it ended (finalizing, a
   * terminal status, the acknowledged stop, a second refresh) or after the grace, whichever is
   * first, once. A dead letter is discarded: it stays {@code failed} and counts as ended. On an
   * ended session nothing changes.
   *
   * @param from where the caller believes it to be, {@link Place#ANY} where that doesn't matter: so
   *     nobody stops what somebody else has just put elsewhere
   * @param note for the audit line, which is left in the same step
   * @return the session after it, and the message sent
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#WRONG_STATE} if it is
   *     in another place; {@link Refusal#DAMAGED}
   */
  Decided<StopResult> stop(
      String org, String sessionId, StopMessage order, Set<Place> from, AuditNote note);

  /**
   * Puts a session back into the queue by hand, with its original item and score: a claimed one is
   * taken from its worker, nothing counted and never re-attached; an ended or dead one runs anew
   * with fresh counts. A deadline that has passed is forgotten.
   *
   * @param from where the caller believes it to be, {@link Place#ANY} where that doesn't matter: so
   *     a dead letter is put back, and nothing is taken from the worker that has it by now
   * @param note for the audit line, which is left in the same step
   * @return the session after it
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#WRONG_STATE} if it is
   *     in another place, waits or is being stopped; for an ended one {@link Refusal#QUEUE_FULL}
   *     and {@link Refusal#TOO_MANY_CAPABILITY_SETS}; {@link Refusal#DAMAGED}
   */
  Decided<Session> requeue(String org, String sessionId, Set<Place> from, AuditNote note);
}
