package dev.sluice.backend.inbox;

/**
 * The unacknowledged messages of an org's live sessions.
 *
 * @param oldestUrgentMs sending time, epoch ms; 0 for none
 * @param oldestNormalMs sending time, epoch ms; 0 for none
 */
public record InboxCounts(long urgent, long oldestUrgentMs, long normal, long oldestNormalMs) {

  public static final InboxCounts NONE = new InboxCounts(0, 0, 0, 0);
}
