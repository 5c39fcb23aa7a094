package dev.sluice.backend.engine;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.findings.FindingOperations.AcknowledgeFinding;
import dev.sluice.backend.engine.findings.FindingOperations.ListFindings;
import dev.sluice.backend.engine.findings.FindingOperations.MuteFinding;
import dev.sluice.backend.engine.findings.FindingOperations.TakeNotices;
import dev.sluice.backend.engine.findings.ObserveFindings;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.read.OrgReads.CountWork;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.findings.SeenFinding;
import java.util.List;

/** Has no records until the layout that brought them is in force. */
final class EngineFindings implements Findings {

  private final Orgs orgs;
  private final Registry registry;

  EngineFindings(Orgs orgs, Registry registry) {
    this.orgs = orgs;
    this.registry = registry;
  }

  @Override
  public Decided<List<Finding>> list(String org) {
    if (tooEarly()) {
      return nothing(org, List.of());
    }
    Decided<ListFindings.Answer> answer = orgs.call(org, new ListFindings());
    return new Decided<>(answer.seq(), answer.value().findings());
  }

  @Override
  public Decided<Boolean> observe(String org, List<SeenFinding> seen, long seenMs, boolean tell) {
    if (tooEarly()) {
      return nothing(org, false);
    }
    registry.noteOrg(org);
    return orgs.call(org, new ObserveFindings(seen, seenMs, tell));
  }

  @Override
  public Decided<Finding> acknowledge(String org, String key, AuditNote note) {
    return change(org, key, new AcknowledgeFinding(key, note));
  }

  @Override
  public Decided<Finding> mute(String org, String key, long untilMs, AuditNote note) {
    return change(org, key, new MuteFinding(key, untilMs, note));
  }

  private Decided<Finding> change(String org, String key, Operation<Finding> operation) {
    if (tooEarly()) {
      throw RefusedException.of(Refusal.UNKNOWN_FINDING, key, nothing(org, "").seq());
    }
    return orgs.call(org, operation);
  }

  @Override
  public Decided<List<FindingNotice>> takeNotices(String org, List<String> delivered, int limit) {
    if (tooEarly()) {
      return nothing(org, List.of());
    }
    Decided<TakeNotices.Answer> answer = orgs.call(org, new TakeNotices(delivered, limit));
    return new Decided<>(answer.seq(), answer.value().notices());
  }

  private boolean tooEarly() {
    return !orgs.takes(ListFindings.class);
  }

  private <T> Decided<T> nothing(String org, T value) {
    return new Decided<>(orgs.call(org, new CountWork()).seq(), value);
  }
}
