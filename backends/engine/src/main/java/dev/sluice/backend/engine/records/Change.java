package dev.sluice.backend.engine.records;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.stops.StopOrder;
import java.util.List;
import java.util.Objects;

/**
 * The replacement of one record, or the addition of one line. What operations decide on, and what
 * copies of a state receive. Each says all of its effect; applied again it has none.
 */
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
  record PutLiveness(String workerId, Liveness liveness) implements Change {}

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

  /** Replaces the nodes that sweep. */
  record PutNodes(SweepingNodes nodes) implements Change {}

  /** Deletes a session and all that is known of it but its archive. */
  record RemoveSession(String sessionId) implements Change {}

  /** Puts where the record of an ended session is in its place. */
  record MoveOut(MovedSession session) implements Change {

    /** Bytes without a session make no change. */
    public MoveOut {
      Objects.requireNonNull(session);
    }
  }

  /**
   * Adds a line to a session's timeline, unless it is there.
   *
   * @param number 1 for the first after the enqueue
   * @param keep how many lines to keep
   */
  record AddEvent(String sessionId, long number, Event event, int keep) implements Change {}

  /**
   * Replaces a session's timeline.
   *
   * @param count how many lines there have been after the enqueue
   */
  record PutTimeline(String sessionId, long count, List<Event> lines) implements Change {}

  /**
   * Adds an activity to a session's, unless it is there.
   *
   * @param keep how many to keep
   */
  record AddActivity(String sessionId, ActivityRecord activity, int keep) implements Change {}

  /** Replaces a session's activities. */
  record PutActivities(String sessionId, List<ActivityRecord> lines) implements Change {}

  /**
   * Adds a message to what a session has acknowledged, unless it is there.
   *
   * @param number 1 for the first
   * @param keep how many to keep
   */
  record AddAcked(String sessionId, long number, AckedRecord acked, int keep) implements Change {}

  /**
   * Replaces what a session has acknowledged.
   *
   * @param count how many there have been
   */
  record PutAcked(String sessionId, long count, List<AckedRecord> lines) implements Change {}

  /** Stores what a session had not read, in place of what was archived of it before. */
  record PutArchive(ArchiveRecord archive) implements Change {}

  /** Deletes what was archived of a session. */
  record RemoveArchive(String sessionId) implements Change {}

  /** Replaces what was said of a project's queue. */
  record PutQueue(QueueRecord queue) implements Change {}

  /** Notes a revoked key, for good. */
  record NoteRevoked(String keyId) implements Change {}

  /** Leaves an audit line in place of the one of the same id. */
  record AddAudit(AuditLine line) implements Change {}

  /** Deletes the audit line of that id. */
  record RemoveAudit(long id) implements Change {}

  /** Stores an order to stop many in place of the one of the same id. */
  record PutStopOrder(StopOrder order) implements Change {}

  /** Deletes the order to stop many of that id. */
  record RemoveStopOrder(String id) implements Change {}

  /** Stores a job of the batch lane in place of the one of the same id. */
  record PutJob(JobRecord job) implements Change {

    /** Bytes without a job make no change. */
    public PutJob {
      Objects.requireNonNull(job);
    }
  }

  /** Deletes a job. */
  record RemoveJob(String jobId) implements Change {}

  /** Stores what was answered to a part of a call with a key. */
  record PutAnswer(IdempotentAnswer answer) implements Change {

    /** Bytes without an answer make no change. */
    public PutAnswer {
      Objects.requireNonNull(answer);
    }
  }

  /** Deletes all that was answered to a call with that key. */
  record RemoveAnswers(String key) implements Change {}

  /** Notes that an ended session's record is to be written, under that name. */
  record ToWrite(String sessionId, long record) implements Change {}

  /** Notes that it was written; nothing if another one is to be written by now. */
  record NoteWritten(String sessionId, long record, long atMs) implements Change {}
}
