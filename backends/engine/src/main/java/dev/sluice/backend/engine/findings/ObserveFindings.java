package dev.sluice.backend.engine.findings;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.FindingRecord;
import dev.sluice.backend.engine.records.NoticeRecord;
import dev.sluice.backend.engine.write.WriteOperation;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers true if a finding began or ended. */
public record ObserveFindings(List<SeenFinding> seen, long seenMs, boolean telling)
    implements WriteOperation<Boolean> {

  @Override
  public Boolean run(WriteStep step) {
    return new Look(this, step).run();
  }

  private static final class Look {

    private final WriteStep step;
    private final long now;
    private final long seenMs;
    private final boolean telling;
    private final Map<String, SeenFinding> fresh = new TreeMap<>();
    private int notices;
    private boolean moved;

    Look(ObserveFindings call, WriteStep step) {
      this.step = step;
      now = step.now();
      seenMs = call.seenMs();
      telling = call.telling();
      call.seen().forEach(each -> fresh.put(each.key(), each));
    }

    boolean run() {
      Map<String, FindingRecord> known = step.state().findings();
      for (FindingRecord record : List.copyOf(known.values())) {
        SeenFinding found = fresh.remove(record.finding().key());
        settle(
            record,
            found == null
                ? record.unseen(now, step.outageEndMs(), seenMs)
                : record.seen(found, now, seenMs));
      }
      for (SeenFinding found : fresh.values()) {
        if (known.size() < Findings.MAX_KEPT) {
          settle(null, FindingRecord.begun(found, now, seenMs));
        }
      }
      return moved;
    }

    private void settle(@Nullable FindingRecord before, FindingRecord next) {
      Finding finding = next.finding();
      Finding stood = before == null || !before.finding().stands() ? null : before.finding();
      moved |= (stood != null) != finding.stands();
      boolean told = next.told();
      if ((telling || told) && !finding.muted(now) && told != finding.stands()) {
        told = finding.stands();
        tell(told, stood == null ? finding : stood);
      }
      FindingRecord kept = next.told(told);
      if (!finding.stands() && !finding.muted(now)) {
        step.apply(new Change.RemoveFinding(finding.key()));
      } else if (!kept.equals(before)) {
        step.apply(new Change.PutFinding(kept));
      }
    }

    private void tell(boolean begin, Finding finding) {
      if (step.state().notices().size() >= Findings.MAX_NOTICES) {
        step.apply(new Change.RemoveNotice(step.state().notices().firstKey()));
      }
      String id = String.format(Locale.ROOT, "%015d-%03d", step.seq(), notices++);
      step.apply(
          new Change.PutNotice(
              new NoticeRecord(new FindingNotice(id, begin, finding, now, 0), now)));
    }
  }
}
