package dev.sluice.backend.sessions;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages to sessions: docs/rules.md, "Inbox". */
public interface Inboxes {

  /**
   * Sends to a live session in any place. A repeat under its {@link Idempotency} key gets the first
   * answer, also after the session's end.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#WRONG_STATE} if ended
   *     or stopped; {@link Refusal#INBOX_FULL}; {@link Refusal#KEY_REUSED}; {@link Refusal#DAMAGED}
   */
  SendResult send(String org, String sessionId, NewMessage message, AuditNote note);

  /**
   * Acknowledges a message: it is never offered again. Acknowledging a stop releases the session.
   * An unknown or acknowledged message is no error.
   *
   * @param holder for the owner, a sign of life; null if the caller may act for the org
   * @throws RefusedException as {@link Sessions#touch}
   */
  AckResult ack(String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder);

  /**
   * Unacknowledged messages of a live session, or those left at the last end of an ended one, kept
   * for {@link Rules.Kept#archiveMs()} even without its record. Urgent ones first, then by age. If
   * all texts would be larger than {@link Page#MAX_BYTES}, those of the later messages are cut.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION} without record and archive; {@link
   *     Refusal#DAMAGED}
   */
  List<Message> list(String org, String sessionId);

  /**
   * Adds acknowledged messages with cut texts, from all claims of the session.
   *
   * @throws RefusedException as {@link #list}
   */
  InboxHistory history(String org, String sessionId);

  /**
   * Unacknowledged messages of live sessions, the oldest first, with cut texts ({@link
   * Message#excerpt}).
   *
   * @param cursor only its number counts
   */
  Page<Message> unacknowledged(String org, Lane lane, @Nullable Cursor cursor, int limit);

  /** Kept up to date, never counted. */
  InboxCounts counts(String org);
}
