package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.findings.FindingOperations.AcknowledgeFinding;
import dev.sluice.backend.engine.findings.FindingOperations.ListFindings;
import dev.sluice.backend.engine.findings.FindingOperations.MuteFinding;
import dev.sluice.backend.engine.findings.FindingOperations.TakeNotices;
import dev.sluice.backend.engine.findings.ObserveFindings;
import dev.sluice.backend.engine.operation.Operation;
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
  public List<Finding> list(String org) {
    if (tooEarly()) {
      return List.of();
    }
    ListFindings.Answer answer = orgs.call(org, new ListFindings());
    return answer.findings();
  }

  @Override
  public boolean observe(String org, List<SeenFinding> seen, long seenMs, boolean tell) {
    if (tooEarly()) {
      return false;
    }
    registry.noteOrg(org);
    return orgs.call(org, new ObserveFindings(seen, seenMs, tell));
  }

  @Override
  public Finding acknowledge(String org, String key, AuditNote note) {
    return change(org, key, new AcknowledgeFinding(key, note));
  }

  @Override
  public Finding mute(String org, String key, long untilMs, AuditNote note) {
    return change(org, key, new MuteFinding(key, untilMs, note));
  }

  private Finding change(String org, String key, Operation<Finding> operation) {
    if (tooEarly()) {
      throw RefusedException.of(Refusal.UNKNOWN_FINDING, key);
    }
    return orgs.call(org, operation);
  }

  @Override
  public List<FindingNotice> takeNotices(String org, List<String> delivered, int limit) {
    if (tooEarly()) {
      return List.of();
    }
    TakeNotices.Answer answer = orgs.call(org, new TakeNotices(delivered, limit));
    return answer.notices();
  }

  private boolean tooEarly() {
    return !orgs.takes(ListFindings.class);
  }
}
