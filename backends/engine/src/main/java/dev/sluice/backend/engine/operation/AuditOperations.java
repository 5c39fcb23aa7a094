package dev.sluice.backend.engine.operation;

import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.audit.AuditNote;
import java.util.ArrayList;
import java.util.List;

/** Lines of the audit trail. */
public final class AuditOperations {

  private AuditOperations() {}

  /** Leaves an audit line of an act that is no operation on the org. */
  public record AddAudit(AuditNote note, AuditAct act) implements Operation<AuditLine> {

    @Override
    public AuditLine run(Step step) {
      return step.addAudit(note, act);
    }
  }

  /**
   * The audit lines of an org, the latest first.
   *
   * @param before only those with a lower id
   */
  public record ListAudit(long before, int limit) implements ReadOperation<ListAudit.Answer> {

    /**
     * A page.
     *
     * @param more whether others follow
     */
    public record Answer(List<AuditLine> lines, boolean more) {}

    @Override
    public Answer run(Step step) {
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
