package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.read.OrgReads.ListAudit;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.write.StopOperations.AddAudit;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EngineAudit implements Audit {

  private final Orgs orgs;
  private final Registry registry;

  EngineAudit(Orgs orgs, Registry registry) {
    this.orgs = orgs;
    this.registry = registry;
  }

  @Override
  public Page<AuditLine> list(String org, @Nullable Cursor cursor, int limit) {
    ListAudit.Answer page = orgs.call(org, new ListAudit(Audit.before(org, cursor), limit));
    List<AuditLine> lines = page.lines();
    Cursor next = page.more() ? Audit.cursor(org, lines.get(lines.size() - 1)) : null;
    return new Page<>(lines, next);
  }

  @Override
  public AuditLine add(String org, AuditNote note, String verb, String object, String detail) {
    registry.noteOrg(org);
    return orgs.call(org, new AddAudit(note, new AuditAct(verb, object, detail)));
  }
}
