package dev.sluice.backend.tck.model;

import dev.sluice.backend.Audit;
import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditLine;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import org.jspecify.annotations.Nullable;

/** Who did what: docs/rules.md, "Audit". */
final class ModelAudit implements Audit {

  private final ModelStore store;

  ModelAudit(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<Page<AuditLine>> list(String org, @Nullable Cursor cursor, int limit) {
    long before = Audit.before(org, cursor);
    return store.turn(
        org,
        state ->
            Pages.page(
                state.audit.stream().filter(line -> line.id() < before).toList(),
                line -> Audit.cursor(org, line),
                Pages.DESCENDING,
                null,
                limit));
  }

  @Override
  public Decided<AuditLine> add(
      String org, AuditNote note, String verb, String object, String detail) {
    return store.turn(
        org,
        state -> {
          state.audit(note, new AuditAct(verb, object, detail));
          return state.audit.get(state.audit.size() - 1);
        });
  }
}
