package dev.sluice.backend.inbox;

/**
 * The unacknowledged messages of an org's live sessions.
 *
 * @param urgent how many stand in the urgent lane
 * @param oldestUrgentMs when the oldest of them was sent, epoch ms; 0 if there is none
 * @param normal how many stand in the normal lane
 * @param oldestNormalMs when the oldest of them was sent, epoch ms; 0 if there is none
 */
public record InboxCounts(long urgent, long oldestUrgentMs, long normal, long oldestNormalMs) {

  /** Nothing waits to be read. */
  public static final InboxCounts NONE = new InboxCounts(0, 0, 0, 0);
}
