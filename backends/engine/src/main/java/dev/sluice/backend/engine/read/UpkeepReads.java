package dev.sluice.backend.engine.read;

import dev.sluice.backend.engine.read.SessionReads.FindNamed;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.Outbox;
import dev.sluice.backend.engine.state.SessionLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class UpkeepReads {

  private UpkeepReads() {}

  /** Finds nothing in a closed org. */
  public record ReadOutbox(int atMost) implements ReadOperation<ReadOutbox.Answer> {

    /**
     * @param anyWritten true if any session in the state has a written record
     */
    public record Answer(List<Unwritten> records, boolean anyWritten) {}

    /**
     * @param name never used for another version of the record
     */
    public record Unwritten(long name, FinalRecord record) {}

    @Override
    public Answer run(ReadStep step) {
      List<Unwritten> records = new ArrayList<>();
      if (step.standingClosure() != null) {
        return new Answer(records, false);
      }
      for (String id : step.state().outbox().first(atMost)) {
        Long name = step.state().outbox().nameOf(id);
        if (name != null && step.state().session(id) instanceof SessionRecord session) {
          records.add(new Unwritten(name, step.finalRecord(session)));
        }
      }
      return new Answer(records, step.state().outbox().anyWritten());
    }
  }

  /** Finds values that the state does not name. */
  public record Orphans(List<OrgReply.Garbage> stored) implements ReadOperation<Orphans.Answer> {

    public record Answer(List<OrgReply.Garbage> orphans) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(
          stored.stream()
              .filter(each -> !named(step, each.kind(), each.sessionId(), each.name()))
              .toList());
    }

    /** True if the state names the value, or may. */
    public static boolean named(ReadStep step, OrgReply.Stored kind, String sessionId, long name) {
      SessionSlot slot = step.state().session(sessionId);
      return switch (kind) {
        case ITEM -> slot != null && FindNamed.mayHave(slot, name);
        case TEXT -> namesText(step, sessionId, name);
        case ACTIVITY -> namesActivity(step, slot, sessionId, name);
        case JOB -> namesJob(step, sessionId, name);
        case RECORD, RECORD_WITH_ALL -> namesRecord(step, slot, sessionId, name);
      };
    }

    private static boolean namesJob(ReadStep step, String jobId, long name) {
      JobRecord job = step.state().jobs().find(jobId);
      return job != null && job.item() == name;
    }

    private static boolean namesText(ReadStep step, String sessionId, long name) {
      Inbox inbox = step.state().inbox(sessionId);
      ArchiveRecord archive = step.state().archives().find(sessionId);
      return (inbox != null && names(inbox.all(), name))
          || (archive != null && names(archive.messages(), name));
    }

    private static boolean names(List<MessageRecord> messages, long name) {
      return messages.stream().anyMatch(message -> message.text() == name);
    }

    private static boolean namesActivity(
        ReadStep step, @Nullable SessionSlot slot, String sessionId, long name) {
      if (slot instanceof SessionRecord) {
        SessionLog<ActivityRecord> log = step.state().activities(sessionId);
        return log != null && log.lines().stream().anyMatch(line -> line.text() == name);
      }
      return slot != null; // only the final record knows
    }

    private static boolean namesRecord(
        ReadStep step, @Nullable SessionSlot slot, String sessionId, long name) {
      if (slot instanceof SessionRecord) {
        Long toWrite = step.state().outbox().nameOf(sessionId);
        Outbox.Written written = step.state().outbox().written(sessionId);
        return (toWrite != null && toWrite == name)
            || (written != null && written.record() == name);
      }
      return slot instanceof MovedSession moved ? moved.record() == name : slot != null;
    }
  }
}
