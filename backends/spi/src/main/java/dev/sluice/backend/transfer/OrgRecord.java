package dev.sluice.backend.transfer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an org, in the order of reading: numbers, event log, revoked keys, keys, projects,
 * workers; sessions, each followed by its activities, messages, acknowledged messages and archive;
 * archives of deleted sessions; jobs, stop orders, answers, audit lines. Records of one kind are in
 * an order of the store's own. Times are epoch ms, and 0 means not yet or none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = OrgRecord.Numbers.class, name = "numbers"),
  @Type(value = OrgRecord.Revoked.class, name = "revoked"),
  @Type(value = OrgRecord.StoredKey.class, name = "key"),
  @Type(value = OrgRecord.Project.class, name = "project"),
  @Type(value = WorkerCopy.class, name = "worker"),
  @Type(value = SessionCopy.class, name = "session"),
  @Type(value = OrgRecord.Told.class, name = "activity"),
  @Type(value = MessageCopy.class, name = "message"),
  @Type(value = OrgRecord.Acked.class, name = "acked"),
  @Type(value = JobCopy.class, name = "job"),
  @Type(value = OrgRecord.Stop.class, name = "stop"),
  @Type(value = OrgRecord.Answer.class, name = "answer"),
  @Type(value = OrgRecord.Audited.class, name = "audit"),
  @Type(value = OrgRecord.Logged.class, name = "logged"),
})
public sealed interface OrgRecord
    permits OrgRecord.Small, SessionCopy, WorkerCopy, MessageCopy, JobCopy {

  /** The kinds with few components. */
  sealed interface Small extends OrgRecord {}

  /**
   * The counters of the org, which never decrease; a write keeps the larger ones.
   *
   * @param seq of the last change
   * @param token of the last claim
   * @param nowMs time of the last change
   * @param lastSweepMs a write takes it even if it is smaller, so that the first sweep notices the
   *     outage
   * @param gapEndMs end of the last outage
   * @param frontMs time used for the last item put in front
   * @param excusedMs claims up to then are never no-shows: a crash may have lost their answers
   */
  record Numbers(
      long seq,
      long token,
      long nowMs,
      long lastSweepMs,
      long gapEndMs,
      long frontMs,
      long excusedMs)
      implements Small {}

  /** A credential that was revoked while workers of it were known. */
  record Revoked(String keyId) implements Small {}

  /**
   * @param hash of its secret, as in {@link dev.sluice.backend.keys.Credentials}
   * @param key its org is that of the store it is in
   */
  record StoredKey(String hash, Key key, long lastUseMs) implements Small {}

  /**
   * A project with limits, a pause or costs of the day.
   *
   * @param spentDay UTC day since the epoch of {@code spentMicroUsd}
   */
  record Project(
      String name, QueueLimits limits, long spentMicroUsd, long spentDay, @Nullable Pause pause)
      implements Small {}

  /** An activity, as in {@link dev.sluice.backend.sessions.Activity}. */
  record Told(String sessionId, long id, long atMs, String kind, String body) implements Small {}

  /** The latest acknowledged messages of a session, the oldest first. */
  record Acked(String sessionId, List<AckedMessage> messages) implements Small {
    public Acked {
      messages = List.copyOf(messages);
    }
  }

  record Stop(StopOrder order) implements Small {}

  /**
   * The answer to one part of a call with an {@link dev.sluice.backend.Idempotency} key.
   *
   * @param part from 0
   * @param bodyHash of the whole call
   * @param untilMs end of retention; that of the first part
   * @param id of the session or message
   * @param state null for a message
   * @param atMs of the message; 0 for work
   */
  record Answer(
      String key,
      int part,
      String bodyHash,
      long untilMs,
      String id,
      boolean duplicate,
      @Nullable SessionState state,
      int position,
      long atMs)
      implements Small {}

  record Audited(AuditLine line) implements Small {}

  /**
   * The end of the event log. Its events aren't copied. A log that never had one has no record.
   *
   * @param latest number of the last event
   */
  record Logged(long latest) implements Small {}
}
