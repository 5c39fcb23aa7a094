package dev.sluice.backend.engine.records;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.stops.StopOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of one record, or the addition of one numbered line. Holds its whole effect and
 * is idempotent. Operations make changes; copies of a state receive them.
 */
public sealed interface Change {

  record PutSession(SessionRecord session) implements Change {

    public PutSession {
      Objects.requireNonNull(session);
    }
  }

  /** The liveness stays. */
  record PutWorker(WorkerRecord worker) implements Change {}

  /** Does nothing for an unknown worker. */
  record PutLiveness(String workerId, Liveness liveness) implements Change {}

  /** Deletes the liveness too. */
  record RemoveWorker(String workerId) implements Change {}

  record PutMessage(MessageRecord message) implements Change {}

  record RemoveMessage(MessageRecord message) implements Change {}

  record ClearInbox(String sessionId) implements Change {}

  record PutCounters(Counters counters) implements Change {}

  record PutNodes(SweepingNodes nodes) implements Change {}

  /** Deletes the logs too; the archive stays. */
  record RemoveSession(String sessionId) implements Change {}

  /** Replaces an ended session. */
  record MoveOut(MovedSession session) implements Change {

    public MoveOut {
      Objects.requireNonNull(session);
    }
  }

  /**
   * @param number 1 for the first after the enqueue
   * @param keep lines to keep
   */
  record AddEvent(String sessionId, long number, Event event, int keep) implements Change {}

  /**
   * @param count lines so far, without the enqueue
   */
  record PutTimeline(String sessionId, long count, List<Event> lines) implements Change {}

  record AddActivity(String sessionId, ActivityRecord activity, int keep) implements Change {}

  record PutActivities(String sessionId, List<ActivityRecord> lines) implements Change {}

  /**
   * @param number from 1
   * @param keep messages to keep
   */
  record AddAcked(String sessionId, long number, AckedRecord acked, int keep) implements Change {}

  /**
   * @param count messages acknowledged so far
   */
  record PutAcked(String sessionId, long count, List<AckedRecord> lines) implements Change {}

  record PutArchive(ArchiveRecord archive) implements Change {}

  record RemoveArchive(String sessionId) implements Change {}

  record PutQueue(QueueRecord queue) implements Change {}

  record NoteRevoked(String keyId) implements Change {}

  /** Adds a line, or replaces the one of its id. */
  record AddAudit(AuditLine line) implements Change {}

  record RemoveAudit(long id) implements Change {}

  /**
   * Does nothing unless the event is the next one of the log.
   *
   * @param counters of the org, in a journal's row of the last event of a step; null elsewhere
   */
  record LogEvent(LoggedEvent event, @Nullable Counters counters) implements Change {
    public LogEvent(LoggedEvent event) {
      this(event, null);
    }
  }

  /**
   * Drops events, or lets an empty log begin behind them.
   *
   * @param from number of the oldest one
   * @param upTo inclusive
   */
  record DropEvents(long from, long upTo) implements Change {}

  record PutStopOrder(StopOrder order) implements Change {}

  record RemoveStopOrder(String id) implements Change {}

  record PutJob(JobRecord job) implements Change {

    public PutJob {
      Objects.requireNonNull(job);
    }
  }

  record RemoveJob(String jobId) implements Change {}

  record PutAnswer(IdempotentAnswer answer) implements Change {

    public PutAnswer {
      Objects.requireNonNull(answer);
    }
  }

  record RemoveAnswers(String key) implements Change {}

  record PutFigures(FigureRecord bucket) implements Change {

    public PutFigures {
      Objects.requireNonNull(bucket);
    }
  }

  record RemoveFigures(long startMs) implements Change {}

  /** Counts a failed run or a lost claim. The bucket is written later. */
  record CountCause(String project, String cause, long atMs) implements Change {}

  /**
   * @param record name for the written record
   */
  record ToWrite(String sessionId, long record) implements Change {}

  /**
   * @param closure null to open
   */
  record PutClosure(@Nullable Closure closure) implements Change {}

  record PutFinding(FindingRecord finding) implements Change {}

  record RemoveFinding(String key) implements Change {}

  record PutNotice(NoticeRecord notice) implements Change {}

  record RemoveNotice(String id) implements Change {}

  /** Unless another one is queued by now. */
  record NoteWritten(String sessionId, long record, long atMs) implements Change {}

  /** The answer to a call that may come again. Drops those that the calling node has. */
  record PutCall(CallId id, long atMs, OrgReply reply) implements Change {}
}
