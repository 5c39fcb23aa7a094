package dev.sluice.backend.engine.read;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.stops.StopOrder;
import java.util.ArrayList;
import java.util.List;

public final class OrgReads {

  private OrgReads() {}

  public record CountWork() implements ReadOperation<Counts> {

    @Override
    public Counts run(ReadStep step) {
      return step.state().counts();
    }
  }

  public record CountBytes() implements ReadOperation<Long> {

    @Override
    public Long run(ReadStep step) {
      return step.state().bytes();
    }
  }

  public record FindJob(String jobId) implements ReadOperation<JobRecord> {

    @Override
    public JobRecord run(ReadStep step) {
      JobRecord job = step.state().jobs().find(jobId);
      if (job == null) {
        throw step.refusal(Refusal.UNKNOWN_JOB, jobId);
      }
      return job;
    }
  }

  public record FindStopOrder(String id) implements ReadOperation<StopOrder> {

    @Override
    public StopOrder run(ReadStep step) {
      StopOrder found = step.state().stopOrders().find(id);
      if (found == null) {
        throw step.refusal(Refusal.UNKNOWN_STOP, id);
      }
      return found;
    }
  }

  /**
   * @param before exclusive
   */
  public record ListAudit(long before, int limit) implements ReadOperation<ListAudit.Answer> {

    public record Answer(List<AuditLine> lines, boolean more) {}

    @Override
    public Answer run(ReadStep step) {
      List<AuditLine> lines = new ArrayList<>();
      for (AuditLine line : step.state().audit().before(before)) {
        if (lines.size() == limit) {
          return new Answer(lines, true);
        }
        lines.add(line);
      }
      return new Answer(lines, false);
    }
  }
}
