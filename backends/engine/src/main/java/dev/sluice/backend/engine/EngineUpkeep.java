package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.engine.read.ReadFigures;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoredLayout;
import dev.sluice.backend.engine.write.StopOperations.AddAudit;
import dev.sluice.backend.engine.write.Sweep;
import dev.sluice.backend.engine.write.UpkeepOperations.SetTime;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.store.TimesAhead;
import dev.sluice.backend.store.Upkeep;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

public final class EngineUpkeep implements Upkeep {

  private final Store store;
  private final Orgs orgs;
  private final Registry registry;
  private final StoredLayout layout;
  private final RecordWriter records;
  private final OrphanCleaner cleanUp;
  private final String node = UUID.randomUUID().toString().substring(0, 8);
  private final TimesAhead ahead = new TimesAhead();

  EngineUpkeep(Store store, Orgs orgs, SideTables tables, Registry registry, StoredLayout layout) {
    this.store = store;
    this.orgs = orgs;
    this.registry = registry;
    this.layout = layout;
    records = new RecordWriter(orgs, tables.records());
    cleanUp = new OrphanCleaner(store, orgs, tables.names());
  }

  @Override
  public List<String> orgs() {
    return registry.orgs();
  }

  @Override
  public SweepResult sweep() {
    layout.step((org, act) -> orgs.call(org, new AddAudit(AuditNote.UPGRADE, act)));
    return Upkeep.super.sweep();
  }

  @Override
  public SweepResult sweepStep(String org) {
    Sweep.Answer step = orgs.call(org, new Sweep(sweeper(), orgs.takes(ReadFigures.class)));
    ahead.note(org, step.aheadMs());
    moveOut(org, RecordWriter.KEEP_MS);
    cleanUp.step();
    return new SweepResult(
        step.leasesLost(),
        step.acceptsMissed(),
        step.released(),
        step.due(),
        step.pruned(),
        step.more());
  }

  /** Names this node among those that sweep. */
  String sweeper() {
    return node + '.' + store.lostAnswers();
  }

  private void moveOut(String org, long keepMs) {
    try {
      records.moveOut(org, keepMs);
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.CLOSED) { // just now
        throw e;
      }
    }
  }

  @Override
  public Map<String, Long> timesAhead() {
    return ahead.all();
  }

  @Override
  public StoredTime setTime(String org, AuditNote note) {
    StoredTime set = orgs.call(org, new SetTime(note));
    ahead.note(org, 0);
    return set;
  }

  @Override
  public Rules.Bounds bounds() {
    return store.rules().bounds();
  }

  @Override
  public StoreNodes nodes() {
    return layout.nodes();
  }

  @Override
  public StoreHealth health() {
    StoreHealth own = store.health();
    if (!own.healthy()) {
      return own;
    }
    try {
      return new StoreHealth(List.of(), warnings(own));
    } catch (BackendUnavailableException e) {
      return new StoreHealth(List.of(String.valueOf(e.getMessage())), List.of());
    }
  }

  private List<String> warnings(StoreHealth own) {
    List<Registry.Damaged> damaged = registry.damaged();
    Set<String> warnings = new LinkedHashSet<>(own.warnings());
    warnings.addAll(ahead.warnings());
    for (Registry.Damaged record : damaged) {
      if (stillDamaged(record)) {
        warnings.add(Registry.warning(record));
      }
    }
    if (damaged.size() == Registry.MAX_DAMAGED) {
      warnings.add("more damaged records may have been met than are named");
    }
    return List.copyOf(warnings);
  }

  private boolean stillDamaged(Registry.Damaged record) {
    try {
      orgs.call(record.org(), new FindSession(record.sessionId()));
      return false;
    } catch (RefusedException e) {
      return e.refusal() == Refusal.DAMAGED || e.refusal() == Refusal.UNKNOWN_SESSION;
    }
  }

  /** Acts at once, for tests. */
  public void moveOutNow(String org) {
    moveOut(org, 0);
  }

  /** Acts at once, for tests. */
  public void cleanUpNow() {
    cleanUp.all();
  }
}
