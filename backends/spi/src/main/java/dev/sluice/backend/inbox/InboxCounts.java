package dev.sluice.backend.inbox;

/** Unacknowledged messages of an org's live sessions; sending times in epoch ms, 0 for none. */
public record InboxCounts(long urgent, long oldestUrgentMs, long normal, long oldestNormalMs) {

  public static final InboxCounts NONE = new InboxCounts(0, 0, 0, 0);
}
