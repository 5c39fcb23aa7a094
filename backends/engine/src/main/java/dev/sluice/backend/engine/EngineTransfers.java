package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.transfer.ClosureOperations.Close;
import dev.sluice.backend.engine.transfer.ClosureOperations.FindClosure;
import dev.sluice.backend.engine.transfer.ClosureOperations.Open;
import dev.sluice.backend.engine.transfer.ClosureOperations.RequireImport;
import dev.sluice.backend.engine.transfer.ImportOperations.Discard;
import dev.sluice.backend.engine.transfer.ImportOperations.Import;
import dev.sluice.backend.engine.transfer.OrgCursor;
import dev.sluice.backend.engine.transfer.ReadOrg;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SecondStage;
import dev.sluice.backend.transfer.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys are beside the state, all else is in it or named by it. */
final class EngineTransfers implements Transfers {

  /** Records of one step, while other calls of the org wait. */
  private static final int AT_ONCE = 500;

  /** Records of a step while the org is closed for an import. */
  private static final int WRITTEN_AT_ONCE = 2_500;

  private final Store store;
  private final Orgs orgs;
  private final SideTables tables;
  private final NameResolver named;
  private final Registry registry;
  private final EngineCredentials credentials;
  private final EngineUpkeep upkeep;

  EngineTransfers(
      Store store,
      Orgs orgs,
      SideTables tables,
      Registry registry,
      EngineCredentials credentials,
      EngineUpkeep upkeep) {
    this.store = store;
    this.orgs = orgs;
    this.tables = tables;
    this.named = new NameResolver(orgs, tables);
    this.registry = registry;
    this.credentials = credentials;
    this.upkeep = upkeep;
  }

  @Override
  public Closure close(String org, NewClosure closure, @Nullable AuditNote note) {
    registry.noteOrg(org);
    if (closure.purpose() == Closure.Purpose.IMPORT && closure(org).isEmpty()) {
      if (store.wire().inForce() < store.wire().newest()) {
        throw RefusedException.of(Refusal.UPGRADING, "");
      }
      registry.forgetImported(org);
    }
    return orgs.call(org, new Close(closure, note));
  }

  @Override
  public boolean open(String org, String closureId, @Nullable AuditNote note) {
    return orgs.call(org, new Open(closureId, note));
  }

  @Override
  public Optional<Closure> closure(String org) {
    return Optional.ofNullable(orgs.call(org, new FindClosure()).closure());
  }

  @Override
  public OrgPage read(String org, @Nullable String cursor) {
    OrgCursor from = cursor == null ? OrgCursor.BEGIN : OrgCursor.parse(cursor);
    if (from.section() == OrgCursor.Section.KEYS) {
      return new OrgPage(List.copyOf(credentials.stored(org)), text(from.next()), List.of());
    }
    return orgs.reading(
        () -> {
          ReadOrg.Answer page = orgs.call(org, new ReadOrg(from, AT_ONCE));
          RecordsOut out =
              new RecordsOut(org, store.rules(), tables, named::leadingTo).add(page.records());
          List<String> damaged = new ArrayList<>(out.damaged());
          page.damaged().forEach(id -> damaged.add("session " + id));
          return new OrgPage(out.records(), text(page.next()), damaged);
        });
  }

  private static @Nullable String text(@Nullable OrgCursor cursor) {
    return cursor == null ? null : cursor.text();
  }

  @Override
  public void write(String org, String closureId, List<OrgRecord> records) {
    orgs.call(org, new RequireImport(closureId));
    try (SecondStage adding = new SecondStage()) {
      for (int from = 0; from < records.size(); from += WRITTEN_AT_ONCE) {
        int to = Math.min(records.size(), from + WRITTEN_AT_ONCE);
        List<OrgRecord> some = records.subList(from, to);
        Prepared next = prepare(org, some);
        try {
          adding.begin(() -> add(org, closureId, next));
        } catch (RuntimeException e) {
          orgs.delete(org, next.in().stored());
          throw e;
        }
      }
      adding.await();
    }
  }

  /** Changes whose texts and public ids are stored. */
  private record Prepared(RecordsIn in, long storedMs, Map<Blobs.Ref, List<String>> shared) {}

  private Prepared prepare(String org, List<OrgRecord> records) {
    RecordsIn in = new RecordsIn(org, store.rules(), upkeep.sweeper());
    for (OrgRecord record : records) {
      if (record instanceof OrgRecord.StoredKey key) {
        credentials.adopt(org, key);
      } else {
        in.add(record);
      }
    }
    long now = orgs.now();
    in.store(tables, now);
    return new Prepared(in, now, named.take(in.items(), in.names(), now));
  }

  private void add(String org, String closureId, Prepared prepared) {
    RecordsIn in = prepared.in();
    try {
      orgs.call(org, new Import(closureId, in.changes(), prepared.storedMs()));
    } catch (RefusedException e) {
      orgs.delete(org, in.stored());
      throw e;
    }
    prepared.shared().values().forEach(names -> named.settle(org, names));
  }

  @Override
  public boolean discardStep(String org, String closureId) {
    boolean over = orgs.call(org, new Discard(closureId, WRITTEN_AT_ONCE));
    if (over) {
      credentials.dropImported(org);
    }
    return over;
  }
}
