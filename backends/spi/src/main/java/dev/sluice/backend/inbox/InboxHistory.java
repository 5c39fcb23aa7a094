package dev.sluice.backend.inbox;

import java.util.List;

/**
 * @param unacknowledged as {@code Inboxes.list}
 * @param acknowledged the latest {@link #MAX_ACKNOWLEDGED}, the oldest first; undeliverable ones
 *     too
 */
public record InboxHistory(List<Message> unacknowledged, List<AckedMessage> acknowledged) {

  public static final int MAX_ACKNOWLEDGED = 100;

  public InboxHistory {
    unacknowledged = List.copyOf(unacknowledged);
    acknowledged = List.copyOf(acknowledged);
  }
}
