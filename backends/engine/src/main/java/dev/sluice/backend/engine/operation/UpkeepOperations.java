package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.operation.SessionOperations.FindNamed;
import dev.sluice.backend.engine.state.ActivityLog;
import dev.sluice.backend.engine.state.ArchiveRecord;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.FinalRecord;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.JobRecord;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.MovedSession;
import dev.sluice.backend.engine.state.Outbox;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.SessionSlot;
import dev.sluice.backend.engine.state.SweepingNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Upkeep beside the sweep: records that move out, orphans, and the time. */
public final class UpkeepOperations {

  private UpkeepOperations() {}

  /** Records of ended sessions that are to be written outside the state. */
  public record ReadOutbox(int atMost) implements ReadOperation<ReadOutbox.Answer> {

    /**
     * What is to be written.
     *
     * @param anyWritten whether any were that are still in the state
     */
    public record Answer(List<Unwritten> records, boolean anyWritten) {}

    /**
     * A record and the name under which it is to be written.
     *
     * @param name never used for another record of this session, nor for it after a change
     */
    public record Unwritten(long name, FinalRecord record) {}

    @Override
    public Answer run(Step step) {
      List<Unwritten> records = new ArrayList<>();
      for (String id : step.state().outbox().first(atMost)) {
        Long name = step.state().outbox().nameOf(id);
        if (name != null && step.state().session(id) instanceof SessionRecord session) {
          records.add(new Unwritten(name, step.finalRecord(session)));
        }
      }
      return new Answer(records, step.state().outbox().anyWritten());
    }
  }

  /**
   * Notes records that were written outside the state.
   *
   * @param writtenMs when, epoch ms
   */
  public record NoteWritten(List<Reply.Needed> records, long writtenMs)
      implements Operation<NoteWritten.Answer> {

    /** Records that the state doesn't name: it has others by now, or the session is gone. */
    public record Answer(List<Reply.Garbage> stale) {}

    @Override
    public Answer run(Step step) {
      step.requireFresh(writtenMs);
      List<Reply.Garbage> stale = new ArrayList<>(0);
      for (Reply.Needed record : records) {
        String id = record.sessionId();
        Long name = step.state().outbox().nameOf(id);
        if (name != null && name == record.name()) {
          step.applyQuietly(new Change.NoteWritten(id, name, step.now()));
        } else if (!Orphans.named(step, Reply.Stored.RECORD, id, record.name())) {
          // Whoever deleted the session may have found no record to tell what it names.
          boolean gone = step.state().session(id) == null;
          stale.add(
              new Reply.Garbage(
                  gone ? Reply.Stored.RECORD_WITH_ALL : Reply.Stored.RECORD, id, record.name()));
        }
      }
      return new Answer(stale);
    }
  }

  /**
   * Takes ended sessions out of the state whose records were written outside of it; answers whether
   * there may be more. Nobody sees a difference.
   *
   * @param afterMs how long after they were written
   * @param atMost most of them
   */
  public record MoveOut(long afterMs, int atMost) implements Operation<Boolean> {

    @Override
    public Boolean run(Step step) {
      Outbox outbox = step.state().outbox();
      List<String> ids = outbox.writtenUntil(step.now() - afterMs, atMost);
      for (String id : ids) {
        Outbox.Written written = outbox.written(id);
        if (written != null && step.state().session(id) instanceof SessionRecord session) {
          step.applyQuietly(
              new Change.MoveOut(
                  new MovedSession(
                      id,
                      session.endedAtMs(),
                      written.record(),
                      session.payload(),
                      step.state().bytesOf(id))));
        }
      }
      return ids.size() == atMost;
    }
  }

  /** Finds those of these values outside the state that it does not name. */
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

    /** True if the state names it, or may name it. */
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
        return (toWrite != null && toWrite == name)
            || (written != null && written.record() == name);
      }
      return slot instanceof MovedSession moved ? moved.record() == name : slot != null;
    }
  }

  /** Sets the time of an org to the clock: docs/rules.md, "Time". */
  public record SetTime(AuditNote note) implements Operation<StoredTime> {

    @Override
    public StoredTime run(Step step) {
      long was = step.now();
      step.takeClock();
      step.applyQuietly(new Change.PutNodes(new SweepingNodes(Map.of(), step.now())));
      limit(step).forEach(step::apply);
      step.audit(note, AuditAct.setTime().found(String.valueOf(was - step.now())));
      return new StoredTime(was, step.now());
    }

    /** What is to happen later than one time-out from now, brought forward. */
    private static List<Change> limit(Step step) {
      List<Change> changes = new ArrayList<>();
      step.state()
          .eachOtherRecord(
              record -> {
                Change limited = limited(record, step.now(), step.rules());
                if (limited != null && !limited.equals(record)) {
                  changes.add(limited);
                }
              });
      step.state()
          .eachSession(
              slot -> {
                if (slot instanceof SessionRecord session) {
                  SessionRecord limited = limited(session, step.now(), step.rules());
                  if (limited != session) {
                    changes.add(new Change.PutSession(limited));
                  }
                }
              });
      return changes;
    }

    private static SessionRecord limited(SessionRecord session, long nowMs, Rules rules) {
      return session.notAfter(nowMs, rules.stopGraceMs(), rules.nackBackoffMs());
    }

    private static @Nullable Change limited(Change record, long nowMs, Rules rules) {
      if (record instanceof Change.PutPulse put) {
        return new Change.PutPulse(put.workerId(), put.pulse().notAfter(nowMs, rules.leaseMs()));
      } else if (record instanceof Change.PutWorker put) {
        long untilMs = nowMs + rules.tries().longestQuarantineMs();
        return new Change.PutWorker(put.worker().quarantinedAtMost(untilMs));
      } else if (record instanceof Change.PutMessage put) {
        long untilMs = Math.min(put.message().hiddenUntilMs(), nowMs + rules.visibilityMs());
        return new Change.PutMessage(put.message().injected(untilMs));
      } else if (record instanceof Change.PutJob put) {
        return new Change.PutJob(put.job().offeredAtMost(nowMs + rules.visibilityMs()));
      }
      return null;
    }
  }
}
