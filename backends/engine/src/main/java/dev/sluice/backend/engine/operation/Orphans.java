package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.ActivityLog;
import dev.sluice.backend.engine.state.ArchiveRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.JobRecord;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.MovedSession;
import dev.sluice.backend.engine.state.Outbox;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.SessionSlot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of these, stored outside the entry, it does not name. */
public record Orphans(List<Reply.Garbage> stored) implements ReadOperation<Orphans.Answer> {

  /** Those that nothing names. */
  public record Answer(List<Reply.Garbage> orphans) {}

  @Override
  public Answer run(Step step) {
    return new Answer(
        stored.stream()
            .filter(each -> !named(step, each.kind(), each.sessionId(), each.name()))
            .toList());
  }

  /** Whether the entry names it, or may. */
  static boolean named(Step step, Reply.Stored kind, String sessionId, long name) {
    SessionSlot slot = step.state().session(sessionId);
    return switch (kind) {
      case ITEM -> slot != null && FindNamed.mayHave(slot, name);
      case TEXT -> namesText(step, sessionId, name);
      case ACTIVITY -> namesActivity(step, slot, sessionId, name);
      case JOB -> namesJob(step, sessionId, name);
      case RECORD, RECORD_WITH_ALL -> namesRecord(step, slot, sessionId, name);
    };
  }

  private static boolean namesJob(Step step, String jobId, long name) {
    JobRecord job = step.state().jobs().find(jobId);
    return job != null && job.item() == name;
  }

  private static boolean namesText(Step step, String sessionId, long name) {
    Inbox inbox = step.state().inbox(sessionId);
    ArchiveRecord archive = step.state().archives().of(sessionId);
    return (inbox != null && names(inbox.all(), name))
        || (archive != null && names(archive.messages(), name));
  }

  private static boolean names(List<MessageRecord> messages, long name) {
    return messages.stream().anyMatch(message -> message.text() == name);
  }

  private static boolean namesActivity(
      Step step, @Nullable SessionSlot slot, String sessionId, long name) {
    if (slot instanceof SessionRecord) {
      ActivityLog log = step.state().activities(sessionId);
      return log != null && log.lines().stream().anyMatch(line -> line.text() == name);
    }
    return slot != null; // its record, outside, says which
  }

  private static boolean namesRecord(
      Step step, @Nullable SessionSlot slot, String sessionId, long name) {
    if (slot instanceof SessionRecord) {
      Long toWrite = step.state().outbox().nameOf(sessionId);
      Outbox.Written written = step.state().outbox().written(sessionId);
      return (toWrite != null && toWrite == name) || (written != null && written.record() == name);
    }
    return slot instanceof MovedSession moved ? moved.record() == name : slot != null;
  }
}
