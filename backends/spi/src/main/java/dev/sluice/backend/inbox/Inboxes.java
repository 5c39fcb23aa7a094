package dev.sluice.backend.inbox;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages to sessions, protocol section 6. An inbox belongs to its session and follows it to a new
 * worker. A poll offers up to {@link Rules#messagesPerRead()} messages of each session: urgent ones
 * first, some places kept for normal ones, by age within a lane; an offered message is offered
 * again after the visibility time-out until it is acknowledged or the session ends.
 *
 * <p>A message is in one transport at a time. Workers of {@link Dialect#GO_DAEMON} are offered none
 * by a poll but one with each {@link Sessions#refresh}; for one of {@link Dialect#SNAKE_CASE},
 * which acknowledges nothing, its next poll acknowledges what the poll before brought it.
 */
public interface Inboxes {

  /**
   * Stores a message for a live session, whatever its place. A repeat under its {@link Idempotency}
   * is answered as the first call was, also after the session's end, and changes nothing.
   *
   * @param note for the audit line, which is left in the same step
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#WRONG_STATE} if it has
   *     ended or been stopped; {@link Refusal#INBOX_FULL}; {@link Refusal#KEY_REUSED}; {@link
   *     Refusal#DAMAGED}
   */
  Decided<SendResult> send(String org, String sessionId, NewMessage message, AuditNote note);

  /**
   * Acknowledges a message, protocol 4.5: it is never offered again. An acknowledged stop releases
   * the session it stopped.
   *
   * @param holder the worker that acknowledges, when the caller is known to be one: a sign of life
   *     of the session's owner; null when the caller may act for all of the org
   * @return whether the message was there, and the session; an unknown or acknowledged one is no
   *     error
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER} if the
   *     holder doesn't own the session; {@link Refusal#DAMAGED}
   */
  Decided<AckResult> ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder);

  /**
   * The messages that a live session has not acknowledged, or those that an ended one had not when
   * it last left messages behind, kept for {@link Rules.Kept#archiveMs()} also where its record is
   * kept shorter. Urgent ones first, then by age.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION} if there is neither record nor
   *     archive; {@link Refusal#DAMAGED}
   */
  Decided<List<Message>> list(String org, String sessionId);

  /**
   * All that is kept of a session's inbox: what {@link #list} shows, and what was acknowledged,
   * each with its times. Acknowledged messages are kept with the session's record, whichever runs
   * of it they were sent to, the latest {@link InboxHistory#MAX_ACKNOWLEDGED}, their texts cut.
   *
   * @throws RefusedException as {@link #list}
   */
  Decided<InboxHistory> history(String org, String sessionId);

  /**
   * A page of the messages that the org's live sessions have not acknowledged in a lane, the oldest
   * first, with their texts cut ({@link Message#excerpt}).
   *
   * @param cursor where the page before ended; its name says nothing
   * @param limit most messages, up to {@link Page#MAX}
   */
  Decided<Page<Message>> unacknowledged(String org, Lane lane, @Nullable Cursor cursor, int limit);

  /** How many messages the org's live sessions have not acknowledged. Kept, never counted. */
  Decided<InboxCounts> counts(String org);
}
