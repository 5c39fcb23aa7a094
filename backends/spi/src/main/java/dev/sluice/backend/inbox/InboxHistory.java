package dev.sluice.backend.inbox;

import java.util.List;

/**
 * All that is kept of a session's inbox.
 *
 * @param unacknowledged what {@link Inboxes#list} shows, whole and in its order
 * @param acknowledged the latest {@link #MAX_ACKNOWLEDGED}, the first acknowledged first
 */
public record InboxHistory(List<Message> unacknowledged, List<AckedMessage> acknowledged) {

  /** How many acknowledged messages are kept of a session, the latest ones. */
  public static final int MAX_ACKNOWLEDGED = 100;

  public InboxHistory {
    unacknowledged = List.copyOf(unacknowledged);
    acknowledged = List.copyOf(acknowledged);
  }
}
