package dev.sluice.backend.engine.write;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.read.UpkeepReads.Orphans;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.IssueNumber;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SweepingNodes;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.state.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public final class UpkeepOperations {

  private UpkeepOperations() {}

  public record NoteWritten(List<OrgReply.Needed> records, long writtenMs)
      implements WriteOperation<NoteWritten.Answer> {

    public record Answer(List<OrgReply.Garbage> stale) {}

    @Override
    public Answer run(WriteStep step) {
      step.requireFresh(writtenMs);
      List<OrgReply.Garbage> stale = new ArrayList<>(0);
      for (OrgReply.Needed record : records) {
        String id = record.sessionId();
        Long name = step.state().outbox().nameOf(id);
        if (name != null && name == record.name()) {
          step.applyInternal(new Change.NoteWritten(id, name, step.now()));
        } else if (!Orphans.named(step, OrgReply.Stored.RECORD, id, record.name())) {
          // the deletion may have found no record to name its activities
          boolean gone = step.state().session(id) == null;
          stale.add(
              new OrgReply.Garbage(
                  gone ? OrgReply.Stored.RECORD_WITH_ALL : OrgReply.Stored.RECORD,
                  id,
                  record.name()));
        }
      }
      return new Answer(stale);
    }
  }

  /**
   * Moves out ended sessions with written records. Answers true if there may be more. Not visible
   * to callers.
   *
   * @param afterMs minimum time since the write
   * @param numbered true to keep them in the index by issue; false for copies that don't know it
   */
  public record MoveOut(long afterMs, int atMost, boolean numbered)
      implements WriteOperation<Boolean> {

    @Override
    public Boolean run(WriteStep step) {
      Outbox outbox = step.state().outbox();
      List<String> ids = outbox.writtenUntil(step.now() - afterMs, atMost);
      for (String id : ids) {
        Outbox.Written written = outbox.written(id);
        if (written != null && step.state().session(id) instanceof SessionRecord session) {
          step.applyInternal(
              new Change.MoveOut(
                  new MovedSession(
                      id,
                      session.endedAtMs(),
                      written.record(),
                      session.payload(),
                      step.state().bytesOf(id),
                      numbered ? IssueNumber.of(session) : IssueNumber.NONE)));
        }
      }
      return ids.size() == atMost;
    }
  }

  /** Sets the org's time: docs/rules.md, "Time". */
  public record SetTime(AuditNote note) implements WriteOperation<StoredTime> {

    @Override
    public StoredTime run(WriteStep step) {
      long was = step.now();
      step.takeClock();
      step.applyInternal(new Change.PutNodes(new SweepingNodes(Map.of(), step.now())));
      limit(step).forEach(step::apply);
      step.audit(note, AuditAct.setTime().found(String.valueOf(was - step.now())));
      return new StoredTime(was, step.now());
    }

    private static List<Change> limit(WriteStep step) {
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
                  SessionRecord limited = session.notAfter(step.now(), step.rules());
                  if (limited != session) {
                    changes.add(new Change.PutSession(limited));
                  }
                }
              });
      return changes;
    }

    private static @Nullable Change limited(Change record, long nowMs, Rules rules) {
      if (record instanceof Change.PutLiveness put) {
        return new Change.PutLiveness(
            put.workerId(), put.liveness().notAfter(nowMs, rules.leaseMs()));
      } else if (record instanceof Change.PutWorker put) {
        long untilMs = nowMs + rules.tries().longestQuarantineMs();
        WorkerRecord worker = put.worker();
        return new Change.PutWorker(
            worker.withQuarantinedUntilMs(Math.min(worker.quarantinedUntilMs(), untilMs)));
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
