package dev.sluice.backend.engine.operation;

import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditLine;
import dev.sluice.backend.AuditNote;

/** Leaves an audit line of an act that is no operation on the org. */
public record AddAudit(AuditNote note, AuditAct act) implements Operation<AuditLine> {

  @Override
  public AuditLine run(Step step) {
    return step.addAudit(note, act);
  }
}
