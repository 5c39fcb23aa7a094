package dev.sluice.backend.hazelcast.state;

import java.util.Objects;

/** The replacement of one record. What operations decide on, and what copies of a state receive. */
public sealed interface Change {

  /** Stores a session in place of the one of the same id. */
  record PutSession(SessionRecord session) implements Change {

    /** Bytes without a session make no change. */
    public PutSession {
      Objects.requireNonNull(session);
    }
  }

  /** Stores a worker, or replaces what it said of itself. */
  record PutWorker(WorkerRecord worker) implements Change {}

  /** Replaces a stored worker's signs of life; nothing if there is no such worker. */
  record PutPulse(String workerId, Pulse pulse) implements Change {}

  /** Deletes a worker and its signs of life. */
  record RemoveWorker(String workerId) implements Change {}

  /** Stores a message in place of the one of the same session, lane and number. */
  record PutMessage(MessageRecord message) implements Change {}

  /** Deletes a message. */
  record RemoveMessage(MessageRecord message) implements Change {}

  /** Deletes all messages of a session. */
  record ClearInbox(String sessionId) implements Change {}

  /** Replaces the counters. */
  record PutCounters(Counters counters) implements Change {}
}
