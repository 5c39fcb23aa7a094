package dev.sluice.backend.engine.findings;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.read.ReadStep;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.FindingRecord;
import dev.sluice.backend.engine.records.NoticeRecord;
import dev.sluice.backend.engine.write.WriteOperation;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

public final class FindingOperations {

  private FindingOperations() {}

  public record ListFindings() implements ReadOperation<ListFindings.Answer> {

    public record Answer(List<Finding> findings) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(
          step.state().findings().values().stream().map(FindingRecord::finding).toList());
    }
  }

  public record AcknowledgeFinding(String key, AuditNote note) implements WriteOperation<Finding> {

    @Override
    public Finding run(WriteStep step) {
      FindingRecord record = find(step, key);
      if (!record.finding().stands()) {
        throw step.refusal(Refusal.UNKNOWN_FINDING, key);
      }
      Finding owned = record.finding().ownedBy(note.actor(), note.reason(), step.now());
      step.apply(new Change.PutFinding(record.of(owned)));
      step.audit(note, AuditAct.acknowledge(key));
      return owned;
    }
  }

  /**
   * @param untilMs epoch ms; 0 ends the mute
   */
  public record MuteFinding(String key, long untilMs, AuditNote note)
      implements WriteOperation<Finding> {

    @Override
    public Finding run(WriteStep step) {
      FindingRecord record = find(step, key);
      Finding muted = record.finding().mutedBy(note.actor(), untilMs);
      step.apply(new Change.PutFinding(record.of(muted)));
      step.audit(note, AuditAct.mute(key, untilMs));
      return muted;
    }
  }

  private static FindingRecord find(WriteStep step, String key) {
    FindingRecord record = step.state().findings().get(key);
    if (record == null) {
      throw step.refusal(Refusal.UNKNOWN_FINDING, key);
    }
    return record;
  }

  public record TakeNotices(List<String> delivered, int limit)
      implements WriteOperation<TakeNotices.Answer> {

    public record Answer(List<FindingNotice> notices) {}

    @Override
    public Answer run(WriteStep step) {
      for (String id : delivered) {
        if (step.state().notices().containsKey(id)) {
          step.apply(new Change.RemoveNotice(id));
        }
      }
      List<FindingNotice> due = new ArrayList<>();
      Set<String> behind = new HashSet<>();
      for (NoticeRecord each : List.copyOf(step.state().notices().values())) {
        FindingNotice notice = each.notice();
        if (notice.atMs() + Findings.NOTICE_MS <= step.now()) {
          step.apply(new Change.RemoveNotice(notice.id()));
        } else if (behind.add(notice.finding().key())
            && each.dueAtMs() <= step.now()
            && due.size() < limit) {
          NoticeRecord tried = each.tried(step.now());
          step.apply(new Change.PutNotice(tried));
          due.add(tried.notice());
        }
      }
      return new Answer(due);
    }
  }
}
